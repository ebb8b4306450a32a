import { describe, expect, it } from "vitest";
import type { ArticulatedBody } from "../../src/body/articulatedBody.js";
import type { Pose } from "../../src/body/pose.js";
import type { BodySpec, Quat, Vec3 } from "../../src/body/spec.js";
import { axisAngle, multiply, rotate } from "../../src/body/vector.js";
import { InputError } from "../../src/inputError.js";
import { type RootQuantity, RootStateSensor } from "../../src/sensors/rootStateSensor.js";
import { boxBody } from "../support/bodies.js";
import { createBody } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";
import { written } from "../support/sensors.js";

const UP: Vec3 = [0, 1, 0];
const turn = (angle: number): Quat => axisAngle(UP, angle);

function placed(pose: Partial<Pose>, options: { yaw?: number; ground?: Vec3 } = {}, spec: BodySpec = boxBody()) {
  const { body } = createBody(spec, {}, options);
  body.reset({ ...body.startPose(), ...pose });
  return body;
}

const read = (body: ArticulatedBody, ...quantities: RootQuantity[]) => written(new RootStateSensor(body, quantities));

describe("RootStateSensor", () => {
  it("puts the named quantities one after another", () => {
    const body = placed({ position: [0, 2, 0] });
    const sensor = new RootStateSensor(body, ["rotation", "height", "up"], "mine");
    expect([sensor.name, sensor.size]).toEqual(["mine", 8]);
    expectNear(written(sensor), [0, 0, 0, 1, 2, 0, 1, 0], 1e-6);
  });

  it("refuses a quantity that it does not know", () => {
    const body = placed({});
    expect(() => new RootStateSensor(body, ["speed" as RootQuantity])).toThrow(
      new InputError(
        'Root quantity "speed" is unknown, allowed are height, forward-position, pitch, pitch-rate, forward-velocity, vertical-velocity, sideways-velocity, up, heading-velocity, heading-angular-velocity, yaw, yaw-rate, velocity, angular-velocity, rotation.',
      ),
    );
  });

  it("counts height from the body's own ground", () => {
    expectNear(read(placed({ position: [5, 4.5, 1] }, { ground: [5, 3, 1] }), "height"), [1.5], 1e-6);
  });

  it("takes a forward lean as a positive pitch, to −π … π, and its rate", () => {
    for (const lean of [0.3, -1, 3, -3]) {
      const body = placed({ rotation: axisAngle([1, 0, 0], lean), angularVelocity: [2, 0, 0] });
      expectNear(read(body, "pitch", "pitch-rate"), [lean, 2], 1e-5);
    }
    // A turn and a half forward is half a turn; the quaternion's sign does not count.
    expectNear(read(placed({ rotation: axisAngle([1, 0, 0], 2 * Math.PI + 0.5) }), "pitch"), [0.5], 1e-5);
    expectNear(rotate(axisAngle([1, 0, 0], Math.PI / 2), UP), [0, 0, 1], 1e-9);
  });

  it("sees the same pitch and speeds in a body that was built facing another way", () => {
    for (const yaw of [0, 0.5, 2, -2.5, Math.PI]) {
      const body = placed(
        {
          rotation: multiply(turn(yaw), axisAngle([1, 0, 0], 0.4)),
          linearVelocity: rotate(turn(yaw), [0, 0.5, 1.5]),
          angularVelocity: rotate(turn(yaw), [2, 0, 0]),
        },
        { yaw },
      );
      expectNear(read(body, "pitch", "pitch-rate", "forward-velocity", "vertical-velocity"), [0.4, 2, 1.5, 0.5], 1e-5);
    }
  });

  it("turns velocities into the heading, whatever the yaw", () => {
    for (const yaw of [0, 1, -2, 3]) {
      // Its own right, up and forward: 1, 2, 3 m/s and 4, 5, 6 rad/s.
      const body = placed({
        rotation: turn(yaw),
        linearVelocity: rotate(turn(yaw), [1, 2, 3]),
        angularVelocity: rotate(turn(yaw), [4, 5, 6]),
      });
      expectNear(read(body, "heading-velocity", "heading-angular-velocity"), [1, 2, 3, 4, 5, 6], 1e-5);
    }
    // By hand: facing +x (a quarter turn), a velocity along +x is forward, one along +z is to the left.
    const quarter = turn(Math.PI / 2);
    expectNear(read(placed({ rotation: quarter, linearVelocity: [1, 0, 0] }), "heading-velocity"), [0, 0, 1], 1e-6);
    expectNear(read(placed({ rotation: quarter, linearVelocity: [0, 0, 1] }), "heading-velocity"), [-1, 0, 0], 1e-6);
  });

  it("shows a lean by its up axis in the heading frame, whatever the yaw", () => {
    for (const yaw of [0, 1, -2]) {
      const forward = placed({ rotation: multiply(turn(yaw), axisAngle([1, 0, 0], 0.3)) });
      expectNear(read(forward, "up"), [0, Math.cos(0.3), Math.sin(0.3)], 1e-5);
      const left = placed({ rotation: multiply(turn(yaw), axisAngle([0, 0, 1], 0.3)) });
      expectNear(read(left, "up"), [-Math.sin(0.3), Math.cos(0.3), 0], 1e-5);
    }
  });

  it("keeps the world's heading when it looks straight up", () => {
    const body = placed({ rotation: axisAngle([1, 0, 0], -Math.PI / 2), linearVelocity: [1, 2, 3] });
    expectNear(read(body, "heading-velocity"), [1, 2, 3], 1e-5);
  });

  it("counts the way forward from where the body was put, and sideways speed to the right of that", () => {
    const place = { yaw: Math.PI / 2, ground: [1, 0, 2] } as const;
    // Put at (1, 2) facing +x: at (4, 7) it is 3 m ahead. To the right is −z.
    const body = placed({ position: [4, 1, 7], linearVelocity: [0.5, 0, -2] }, place);
    expectNear(read(body, "forward-position", "forward-velocity", "sideways-velocity"), [3, 0.5, 2], 1e-5);
    expectNear(read(placed({ position: [-3, 1, 0.5] }), "forward-position"), [0.5], 1e-6);
  });

  it("gives the direction that it faces, and turns about the vertical", () => {
    const rotation = multiply(turn(-2), axisAngle([1, 0, 0], 0.5));
    const body = placed({ rotation, angularVelocity: [3, -4, 5] }, { yaw: 1 });
    expectNear(read(body, "yaw", "yaw-rate"), [-2, -4], 1e-5);
  });

  it("gives velocities in the world, whatever the yaw", () => {
    for (const yaw of [0, 1.5]) {
      const body = placed({ rotation: turn(yaw), linearVelocity: [1, 2, 3], angularVelocity: [4, 5, 6] }, { yaw });
      expectNear(read(body, "velocity", "angular-velocity"), [1, 2, 3, 4, 5, 6], 1e-5);
    }
  });

  it("counts height from uneven ground where the world has it", () => {
    const body = placed({ position: [2, 5, 3] });
    body.world.heightAt = (x, z) => 0.5 * x - z;
    // 5 − (1 − 3)
    expectNear(read(body, "height"), [7], 1e-6);
  });
});
