import { describe, expect, it } from "vitest";
import { MotionCommand } from "../../src/agent/motionCommand.js";
import { axisAngle, multiply } from "../../src/body/vector.js";
import { CommandSensor } from "../../src/sensors/commandSensor.js";
import { boxBody } from "../support/bodies.js";
import { createBody } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";
import { written } from "../support/sensors.js";

describe("CommandSensor", () => {
  /** What a root that looks `yaw` rad right of +z sees, leaning forward by as much as is given. */
  function seen(command: Partial<MotionCommand>, yaw = 0, lean = 0): number[] {
    const { body } = createBody(boxBody());
    body.reset({
      ...body.startPose(),
      rotation: multiply(axisAngle([0, 1, 0], yaw), axisAngle([1, 0, 0], lean)),
    });
    return written(new CommandSensor(body, Object.assign(new MotionCommand(), command)));
  }

  it("has a name and six numbers", () => {
    const { body } = createBody(boxBody());
    const sensor = new CommandSensor(body, new MotionCommand());
    expect([sensor.name, sensor.size]).toEqual(["command", 6]);
    expect(new CommandSensor(body, new MotionCommand(), "mine").name).toBe("mine");
  });

  it("shows velocity forward and to the right, and the turn that is left to the heading", () => {
    expectNear(seen({ forward: 1.5, sideways: -0.25, heading: 0.5 }), [1.5, -0.25, 0.479426, 0.877583, 0, 0], 1e-6);
    // Looking 0.2 right of +z, 0.3 are left to 0.5, upright or not.
    const left = [Math.sin(0.3), Math.cos(0.3)];
    expectNear(seen({ heading: 0.5 }, 0.2).slice(2, 4), left, 1e-6);
    expectNear(seen({ heading: 0.5 }, 0.2, 0.7).slice(2, 4), left, 1e-6);
    // From 3 to −3 it is the short way round: 2π − 6 = 0.283.
    expectNear(seen({ heading: -3 }, 3).slice(2, 4), [Math.sin(0.28319), Math.cos(0.28319)], 1e-5);
  });

  it("shows the stride's clock while there is a rhythm to keep", () => {
    expectNear(seen({ forward: 1, cadence: 1, phase: 0.25 }).slice(4), [1, 0], 1e-6);
    expectNear(seen({ forward: 1, cadence: 1, phase: 0.5 }).slice(4), [0, -1], 1e-6);
    expectNear(seen({ forward: 1, cadence: 1, phase: 1 / 6 }).slice(4), [Math.sqrt(3) / 2, 0.5], 1e-6);
    // Without a rhythm, and standing, it says nothing.
    expectNear(seen({ forward: 1, cadence: 0, phase: 0.25 }).slice(4), [0, 0]);
    expectNear(seen({ forward: 0.05, cadence: 1, phase: 0.25 }).slice(4), [0, 0]);
  });
});
