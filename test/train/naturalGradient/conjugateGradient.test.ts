import { describe, expect, it } from "vitest";
import { conjugateGradient } from "../../../src/train/naturalGradient/conjugateGradient.js";
import { expectNear } from "../../support/near.js";

const F = [
  [4, 1, 0],
  [1, 3, 1],
  [0, 1, 2],
];
const product = (v: Float64Array) =>
  Float64Array.from(F, (row) => row.reduce((sum, value, i) => sum + value * v[i]!, 0));

describe("conjugateGradient", () => {
  it("solves a system of n equations in n steps", () => {
    // F (1, −2, 3) = (2, −2, 4)
    expectNear(conjugateGradient(product, Float64Array.of(2, -2, 4), 3), [1, -2, 3], 1e-12);
  });

  it("goes down the gradient in its first step", () => {
    // α = b·b / b·F b = 1 / 4
    expectNear(conjugateGradient(product, Float64Array.of(1, 0, 0), 1), [0.25, 0, 0], 1e-12);
  });

  it("ends where nothing is left to solve", () => {
    let products = 0;
    const counted = (v: Float64Array) => {
      products++;
      return product(v);
    };
    expect([...conjugateGradient(counted, new Float64Array(3), 10)]).toEqual([0, 0, 0]);
    expect(products).toBe(0);
    conjugateGradient(counted, Float64Array.of(2, -2, 4), 50);
    expect(products).toBeLessThanOrEqual(4);
  });
});
