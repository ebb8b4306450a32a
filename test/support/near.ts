import { expect } from "vitest";

/** Same length, and every number within ± tolerance. */
export function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-9): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    if (!(Math.abs(actual[i]! - expected[i]!) <= tolerance)) {
      expect.fail(`number ${i} is ${actual[i]}, not ${expected[i]} ± ${tolerance}, in [${Array.from(actual)}]`);
    }
  }
}
