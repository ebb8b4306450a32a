import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { PhysicsMotionType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import { PhysicsShapeBox } from "@babylonjs/core/Physics/v2/physicsShape.js";
import { describe, expect, it } from "vitest";
import { ArticulatedBody } from "../../src/body/articulatedBody.js";
import type { Vec3 } from "../../src/body/spec.js";
import { axisAngle } from "../../src/body/vector.js";
import type { PhysicsWorld } from "../../src/body/world.js";
import { RayPerceptionSensor } from "../../src/sensors/rayPerceptionSensor.js";
import { boxBody, menagerie } from "../support/bodies.js";
import { createWorld, WEIGHTLESS } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";
import { written } from "../support/sensors.js";

function wall(world: PhysicsWorld, name: string, at: Vec3): void {
  const node = new TransformNode(name, world.scene);
  node.position.set(...at);
  const body = new PhysicsBody(node, PhysicsMotionType.STATIC, false, world.scene);
  body.shape = new PhysicsShapeBox(Vector3.Zero(), Quaternion.Identity(), new Vector3(1, 1, 1), world.scene);
}

const nameOf = (body: PhysicsBody) => body.transformNode.name;
const TAGS = { detectableTags: ["wall", "goal"], tagOf: nameOf, rayLength: 10 };

/** A box of 0.2 m at 5 m height, and walls of 1 m around it. */
function course() {
  const world = createWorld({ gravity: WEIGHTLESS });
  const body = new ArticulatedBody(world, boxBody({}, [0.2, 0.2, 0.2]));
  body.reset({ ...body.startPose(), position: [0, 5, 0] });
  wall(world, "wall", [0, 5, 4]);
  wall(world, "goal", [6, 5, 0]);
  wall(world, "bush", [-3, 5, 0]);
  return { world, body };
}

describe("RayPerceptionSensor", () => {
  it("sees what is ahead, right and left: tag, nothing, distance", () => {
    const { body } = course();
    const sensor = new RayPerceptionSensor(body, { ...TAGS, raysPerDirection: 1, maxRayDegrees: 90 });
    expect([sensor.name, sensor.size]).toEqual(["rays", 12]);
    expectNear(
      written(sensor),
      [
        // Ahead the wall's face at z = 3.5, right the goal's at x = 5.5, left the bush, which has no tag to detect.
        ...[1, 0, 0, 0.35],
        ...[0, 1, 0, 0.55],
        ...[0, 0, 0, 0.25],
      ],
      1e-4,
    );
  });

  it("turns with its part, and sees nothing where nothing is", () => {
    const { body } = course();
    const sensor = new RayPerceptionSensor(body, { ...TAGS, raysPerDirection: 0 });
    body.reset({ ...body.startPose(), position: [0, 5, 0], rotation: axisAngle([0, 1, 0], Math.PI / 2) });
    expectNear(written(sensor), [0, 1, 0, 0.55], 1e-4);
    body.reset({ ...body.startPose(), position: [0, 5, 0], rotation: axisAngle([0, 1, 0], Math.PI) });
    expect(written(sensor)).toEqual([0, 0, 1, 1]);
  });

  it("reaches as far as its rays are long", () => {
    const { body } = course();
    const short = new RayPerceptionSensor(body, { ...TAGS, raysPerDirection: 0, rayLength: 3.4 });
    const long = new RayPerceptionSensor(body, { ...TAGS, raysPerDirection: 0, rayLength: 3.6 });
    expect(written(short)).toEqual([0, 0, 1, 1]);
    expectNear(written(long), [1, 0, 0, 3.5 / 3.6], 1e-4);
  });

  it("begins at an offset in the part's frame", () => {
    const { body } = course();
    const options = { ...TAGS, raysPerDirection: 0, offset: [0.1, 0.2, 1.5] } as const;
    expectNear(written(new RayPerceptionSensor(body, options)), [1, 0, 0, 0.2], 1e-4);
    const over = { ...TAGS, raysPerDirection: 0, offset: [0, 0.6, 0] } as const;
    expect(written(new RayPerceptionSensor(body, over))).toEqual([0, 0, 1, 1]);
  });

  it("spreads its rays evenly and gives three numbers less without tags", () => {
    const { body } = course();
    const sensor = new RayPerceptionSensor(body, { raysPerDirection: 2, maxRayDegrees: 90, rayLength: 10 });
    expect(sensor.size).toBe(10);
    // Ahead, ±45°, ±90°: nothing stands at 45°.
    expectNear(written(sensor), [0, 0.35, 1, 1, 1, 1, 0, 0.55, 0, 0.25], 1e-4);
  });

  it("looks through the body's own parts and sees other characters", () => {
    const world = createWorld({ gravity: WEIGHTLESS });
    const body = new ArticulatedBody(world, menagerie, { index: 0 });
    // From inside of the trunk, down at the ground and past the tail and legs: nothing there.
    const ahead = new RayPerceptionSensor(body, { raysPerDirection: 3, maxRayDegrees: 180, rayLength: 10 });
    expect(written(ahead).filter((_, i) => i % 2 === 0)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    const height = body.positions[1]!;
    const other = new ArticulatedBody(world, boxBody(), { index: 1, ground: [0, 0, 4] });
    other.reset({ ...other.startPose(), position: [0, height, 4] });
    expectNear(written(ahead).slice(0, 2), [0, 0.35], 1e-4);
  });
});
