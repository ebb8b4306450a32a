import { describe, expect, it } from "vitest";
import { hopperBody } from "../../scenes/hopper/body.js";
import { ArticulatedBody } from "../../src/body/articulatedBody.js";
import { addUnevenGround } from "../../src/body/ground.js";
import type { Pose } from "../../src/body/pose.js";
import { axisAngle, conjugate, multiply, rotate } from "../../src/body/vector.js";
import { Random } from "../../src/random.js";
import { randomStart } from "../../src/task/startNoise.js";
import type { StartNoise } from "../../src/task/task.js";
import { boxBody, linkBody, menagerie } from "../support/bodies.js";
import { createBody, createWorld, run } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";

const NOISE: Required<StartNoise> = { jointValues: 0.3, jointRates: 2, lean: 0.2, yaw: 0.5, velocity: 0.4 };

function draw(spec: Parameters<typeof createBody>[0], noise: StartNoise, options = {}, count = 200): Pose[] {
  const { body } = createBody(spec, {}, options);
  const random = new Random(1);
  return Array.from({ length: count }, () => randomStart(body, noise, random));
}

/** Smallest and largest of one number over the poses. */
function range(poses: readonly Pose[], of: (pose: Pose) => number): [number, number] {
  const values = poses.map(of);
  return [Math.min(...values), Math.max(...values)];
}

const upOf = ({ rotation }: Pose) => rotate(rotation, [0, 1, 0]);

describe("randomStart", () => {
  it("is the start pose without noise", () => {
    const { body } = createBody(menagerie, {}, { yaw: 0.5, ground: [1, 0, 2] });
    const pose = randomStart(body, {}, new Random(1));
    const start = body.startPose();
    expectNear(pose.position, start.position);
    expectNear(pose.rotation, start.rotation);
    expectNear(pose.joints, start.joints);
    expectNear(pose.jointVelocities!, new Float32Array(7));
    expectNear(pose.linearVelocity!, [0, 0, 0]);
  });

  it("draws each value from ± its size, and the same ones for the same seed", () => {
    const poses = draw(menagerie, NOISE);
    expect(draw(menagerie, NOISE)).toEqual(poses);
    for (const [of, size] of [
      [(pose: Pose) => pose.joints[3]!, 0.3],
      [(pose: Pose) => pose.jointVelocities![0]!, 2],
      [(pose: Pose) => pose.linearVelocity![1]!, 0.4],
    ] as const) {
      const [low, high] = range(poses, of);
      expect(low).toBeGreaterThanOrEqual(-size);
      expect(high).toBeLessThanOrEqual(size);
      expect(high - low).toBeGreaterThan(1.8 * size);
    }
  });

  it("leans by no more than its size, in all directions, and turns about the vertical", () => {
    const poses = draw(menagerie, { lean: 0.2 });
    const leans = poses.map((pose) => Math.acos(Math.min(1, upOf(pose)[1])));
    expect(Math.max(...leans)).toBeLessThanOrEqual(0.2 + 1e-9);
    expect(Math.max(...leans)).toBeGreaterThan(0.15);
    for (const axis of [0, 2] as const) {
      const [low, high] = range(poses, (pose) => upOf(pose)[axis]);
      expect([low < -0.1, high > 0.1]).toEqual([true, true]);
    }
    const [left, right] = range(
      draw(menagerie, { yaw: 0.5 }, { yaw: 1 }),
      ({ rotation }) => 2 * Math.atan2(rotation[1], rotation[3]),
    );
    expect([left > 0.5, left < 0.6, right > 1.4, right < 1.5]).toEqual([true, true, true, true]);
  });

  it("stays inside of the joints' limits, where the engine would kick", () => {
    const poses = draw({ ...hopperBody, startPose: { leg: [-0.01] } }, { jointValues: 0.5 });
    const [low, high] = range(poses, (pose) => pose.joints[1]!);
    expect(high).toBe(0);
    expect(low).toBeLessThan(-0.45);
    expect(range(poses, (pose) => pose.joints[2]!)[1]).toBeLessThanOrEqual(0.785);
  });

  it.each([0, 0.8])("keeps a planar body in its plane, turned by %f", (yaw) => {
    const plane = conjugate(axisAngle([0, 1, 0], yaw));
    for (const pose of draw(hopperBody, NOISE, { yaw }, 50)) {
      expect(rotate(plane, pose.linearVelocity!)[0]).toBeCloseTo(0, 9);
      const [, y, z] = multiply(plane, pose.rotation);
      expectNear([y, z], [0, 0], 1e-9);
    }
    const { world, body } = createBody(hopperBody, { ground: 1 }, { yaw });
    body.reset(randomStart(body, { ...NOISE, jointRates: 0, velocity: 0 }, new Random(2)));
    run(world, body, 1);
    // Nothing kicks: gravity gives 0.04 m/s in this step.
    expect(Math.max(...body.linearVelocities.map(Math.abs))).toBeLessThan(0.15);
  });

  it("leaves a fixed root alone", () => {
    for (const pose of draw(linkBody(), NOISE, { yaw: 0.3 }, 20)) {
      expectNear(pose.position, [0, 2, 0]);
      expectNear(pose.rotation, axisAngle([0, 1, 0], 0.3));
      expect(pose.linearVelocity ?? [0, 0, 0]).toEqual([0, 0, 0]);
    }
    const [low, high] = range(draw(linkBody(), NOISE), (pose) => pose.joints[0]!);
    expect(high - low).toBeGreaterThan(0.5);
  });

  it("puts the body onto uneven ground at its own place", () => {
    const height = (x: number, z: number) => 2 + 0.3 * x - 0.1 * z;
    const world = createWorld();
    addUnevenGround(world, height, { minX: 0, maxX: 8, minZ: -4, maxZ: 4 });
    const body = new ArticulatedBody(world, boxBody({}, [0.4, 0.2, 0.4]), { ground: [4, height(4, 1), 1] });
    // 2 + 1.2 − 0.1 under its centre, on which it stands upright.
    expectNear(randomStart(body, {}, new Random(1)).position, [4, 3.2, 1], 1e-9);
    const random = new Random(2);
    for (let i = 0; i < 20; i++) {
      const pose = randomStart(body, { lean: 0.2, yaw: 3 }, random);
      expectNear([pose.position[0], pose.position[2]], [4, 1]);
      body.reset(pose);
      // Leaning, a corner is lowest: 0.1 cos + 0.2 √2 sin at most.
      expect(body.heightAbove(0)).toBeGreaterThan(0.0999);
      expect(body.heightAbove(0)).toBeLessThan(0.1 + 0.2 * Math.SQRT2 * Math.sin(0.2));
    }
  });
});
