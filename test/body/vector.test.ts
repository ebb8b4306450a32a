import { describe, expect, it } from "vitest";
import type { Quat, Vec3 } from "../../src/body/spec.js";
import {
  axisAngle,
  between,
  conjugate,
  cross,
  dot,
  fromAxes,
  length,
  multiply,
  normalize,
  perpendicular,
  rotate,
} from "../../src/body/vector.js";
import { Random } from "../../src/random.js";
import { expectNear } from "../support/near.js";

const random = new Random(1);
const randomDirection = (): Vec3 => normalize([random.normal(), random.normal(), random.normal()]);
const HALF = Math.SQRT1_2;

describe("rotations", () => {
  it("turn by the right-hand rule: x to y, y to z, z to x", () => {
    expectNear(rotate(axisAngle([0, 0, 1], Math.PI / 2), [1, 0, 0]), [0, 1, 0]);
    expectNear(rotate(axisAngle([1, 0, 0], Math.PI / 2), [0, 1, 0]), [0, 0, 1]);
    expectNear(rotate(axisAngle([0, 1, 0], Math.PI / 2), [0, 0, 1]), [1, 0, 0]);
  });

  it("are multiplied with the right one first", () => {
    const aboutX = axisAngle([1, 0, 0], Math.PI / 2);
    const aboutZ = axisAngle([0, 0, 1], Math.PI / 2);
    // y → z by x, and z stays z by the turn about z; the other way round y → −x → −x.
    expectNear(rotate(multiply(aboutZ, aboutX), [0, 1, 0]), [0, 0, 1]);
    expectNear(rotate(multiply(aboutX, aboutZ), [0, 1, 0]), [-1, 0, 0]);
    expectNear(multiply(aboutX, conjugate(aboutX)), [0, 0, 0, 1]);
  });

  it("come out of the axes that they make, whichever component is largest", () => {
    const half: readonly Quat[] = [
      [0, 0, 0, 1],
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [HALF, 0, 0, HALF],
    ];
    const random = new Random(2);
    const drawn = Array.from({ length: 40 }, () => axisAngle(randomDirection(), random.uniform(-Math.PI, Math.PI)));
    for (const q of [...half, ...drawn]) {
      const made = fromAxes(rotate(q, [1, 0, 0]), rotate(q, [0, 1, 0]));
      // q and −q are one rotation.
      expect(Math.abs(made[0] * q[0] + made[1] * q[1] + made[2] * q[2] + made[3] * q[3])).toBeCloseTo(1, 10);
    }
  });

  it("take one direction to another, also to the opposite one", () => {
    for (let i = 0; i < 20; i++) {
      const from = randomDirection();
      const to = randomDirection();
      expectNear(rotate(between(from, to), from), to);
    }
    expectNear(rotate(between([0, 1, 0], [0, -1, 0]), [0, 1, 0]), [0, -1, 0]);
    expectNear(between([0, 1, 0], [0, 1, 0]), [0, 0, 0, 1]);
  });
});

describe("perpendicular", () => {
  it("gives a unit vector at right angles, also for upright and long ones", () => {
    for (const v of [[0, 1, 0], [0, -3, 0], [5, 0, 0], randomDirection(), randomDirection()] as Vec3[]) {
      const p = perpendicular(v);
      expect(length(p)).toBeCloseTo(1, 10);
      expect(dot(p, v)).toBeCloseTo(0, 10);
    }
  });
});

describe("cross", () => {
  it("of x and y is z", () => expectNear(cross([1, 0, 0], [0, 1, 0]), [0, 0, 1]));
});
