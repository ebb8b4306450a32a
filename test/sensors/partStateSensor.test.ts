import { describe, expect, it } from "vitest";
import { walkerBody } from "../../scenes/walker/body.js";
import { MotionCommand } from "../../src/agent/motionCommand.js";
import { InputError } from "../../src/inputError.js";
import { GoalSensor } from "../../src/sensors/goalSensor.js";
import { HeightRaySensor } from "../../src/sensors/heightRaySensor.js";
import { OrientationCube } from "../../src/sensors/orientationCube.js";
import { type PartField, PartStateSensor } from "../../src/sensors/partStateSensor.js";
import { menagerie } from "../support/bodies.js";
import { createBody } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";
import { written } from "../support/sensors.js";

// What these sensors say in a pose is worked out by hand in the tests of the scenes worm, crawler and walker-ml-agents.

function setUp() {
  const { body } = createBody(menagerie, { ground: 1 });
  const command = new MotionCommand();
  return { body, command, cube: new OrientationCube(body, command) };
}

describe("PartStateSensor", () => {
  it("has a block of the part's name and the size of its fields", () => {
    const { cube } = setUp();
    const sensor = new PartStateSensor(cube, "tail", ["touchingGround", "localRotation", "strength"]);
    expect([sensor.name, sensor.size]).toEqual(["part:tail", 6]);
    cube.body.drives.at(-1)!.limitTorque(0.25);
    expectNear(written(sensor), [0, 0, 0, 0, 1, 0.25], 1e-6);
    expect(written(new PartStateSensor(cube, "shin", ["touchingGround", "localRotation"]))).toHaveLength(5);
  });

  it("refuses what a part does not have", () => {
    const { cube } = setUp();
    const make = (part: string, field: string) => () => new PartStateSensor(cube, part, [field as PartField]);
    expect(make("wing", "touchingGround")).toThrow(InputError);
    expect(make("trunk", "localRotation")).toThrow(
      new InputError('Sensor "part:trunk": the root has no localRotation, it hangs on nothing.'),
    );
    expect(make("trunk", "strength")).toThrow(new InputError('Body "menagerie" has no joint "trunk" with drives.'));
    expect(make("trunk", "mass")).toThrow(
      new InputError(
        'Sensor "part:trunk": field "mass" is unknown, allowed are touchingGround, linearVelocity, angularVelocity, relativePosition, localRotation, strength.',
      ),
    );
    expect(() => new OrientationCube(cube.body, cube.command, { wing: {} })).toThrow(InputError);
  });
});

describe("GoalSensor", () => {
  it("looks along the heading and sees no target where there is none", () => {
    const { body, command, cube } = setUp();
    command.heading = Math.PI / 2;
    command.forward = 2;
    body.reset({ ...body.startPose(), linearVelocity: [1, 0, 3] });
    expectNear(written(new GoalSensor(cube, "targetPosition")), [0, 0, 0], 1e-6);
    expectNear(written(new GoalSensor(cube, "averageVelocity")), [-3, 0, 1], 1e-5);
    expectNear(written(new GoalSensor(cube, "velocityDistance")), [Math.hypot(1, 3)], 1e-5);
  });

  it("has a mirror image of the rotation of a part in the middle only", () => {
    const { body } = createBody(walkerBody, { ground: 1 });
    const cube = new OrientationCube(body, new MotionCommand());
    const mirrorFrom = (part: string) => () => new GoalSensor(cube, "rotationToGoal", "toGoal", part).mirror();
    expect(mirrorFrom("head")().signs).toEqual([1, -1, -1, 1]);
    expect(mirrorFrom("left-foot")).toThrow(
      new InputError(
        'Sensor "toGoal" has no mirror image: it looks from part "left-foot", whose mirror image is "right-foot"; allowed is a part in the middle.',
      ),
    );
    expect(new GoalSensor(cube, "goalVelocity", "goal", "left-foot").mirror().signs).toEqual([-1, 1, 1]);
  });
});

describe("HeightRaySensor", () => {
  it("sees the ground below the root through its own parts, up to the length of the ray", () => {
    const { body } = setUp();
    const at = (height: number) => {
      body.reset({ ...body.startPose(), position: [0, height, 0] });
      return written(new HeightRaySensor(body, 5))[0];
    };
    expect(at(2)).toBeCloseTo(0.4, 5);
    expect(at(4.9)).toBeCloseTo(0.98, 5);
    expect(at(6)).toBe(1);
  });
});
