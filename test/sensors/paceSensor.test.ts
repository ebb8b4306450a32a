import { describe, expect, it } from "vitest";
import { MotionCommand } from "../../src/agent/motionCommand.js";
import type { Vec3 } from "../../src/body/spec.js";
import { PaceSensor } from "../../src/sensors/paceSensor.js";
import { boxBody } from "../support/bodies.js";
import { createBody } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";
import { written } from "../support/sensors.js";

describe("PaceSensor", () => {
  function moving(linearVelocity: Vec3, command: Partial<MotionCommand>) {
    const { body } = createBody(boxBody());
    const sensor = new PaceSensor(body, Object.assign(new MotionCommand(), command), 0.7);
    const move = (velocity: Vec3) => body.reset({ ...body.startPose(), linearVelocity: velocity });
    move(linearVelocity);
    sensor.update();
    return { move, sensor };
  }

  it("shows how much faster it goes than asked, forward and to the right", () => {
    expectNear(written(moving([0.5, -9, 2], { forward: 1.5, sideways: -0.25 }).sensor), [0.5, 0.75], 1e-6);
    // Facing +x, +z is on the left.
    expectNear(written(moving([2, 0, 1], { heading: Math.PI / 2, forward: 2 }).sensor), [0, -1], 1e-6);
  });

  it("remembers, once per decision", () => {
    const { move, sensor } = moving([0, 0, 1], {});
    move([0, 0, 0]);
    expectNear(written(sensor), [1, 0], 1e-6);
    sensor.update();
    expectNear(written(sensor), [1 / Math.E, 0], 1e-6);
  });

  it("begins anew with the episode, where the body is put to its start after the reset", () => {
    const { move, sensor } = moving([0, 0, 1], {});
    sensor.reset();
    move([0, 0, 3]);
    sensor.update();
    expectNear(written(sensor), [3, 0], 1e-6);
  });

  it("sees the mirror image of a lag to the side on the other side", () => {
    expect(moving([0, 0, 0], {}).sensor.mirror().signs).toEqual([1, -1]);
  });
});
