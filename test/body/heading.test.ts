import { expect, it } from "vitest";
import { headingOf } from "../../src/body/heading.js";
import type { Quat } from "../../src/body/spec.js";
import { axisAngle, multiply } from "../../src/body/vector.js";

const turn = (angle: number): Quat => axisAngle([0, 1, 0], angle);

it("is the direction in which +z points on the ground: 0 is +z, π/2 is +x", () => {
  for (const angle of [0, Math.PI / 2, -1, 3]) {
    expect(headingOf(Float32Array.from(turn(angle)), 0)).toBeCloseTo(angle, 6);
  }
});

it("does not mind pitching or rolling, and reads the part that is asked for", () => {
  const leaning = multiply(turn(0.7), axisAngle([1, 0, 0], -1.2));
  const rolling = multiply(turn(-2), axisAngle([0, 0, 1], 0.9));
  const rotations = Float32Array.from([...leaning, ...rolling]);
  expect(headingOf(rotations, 0)).toBeCloseTo(0.7, 6);
  expect(headingOf(rotations, 1)).toBeCloseTo(-2, 6);
  // Beyond the vertical it looks the other way.
  expect(headingOf(Float32Array.from(axisAngle([1, 0, 0], 2)), 0)).toBeCloseTo(Math.PI, 6);
});
