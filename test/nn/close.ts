import { expect } from "vitest";

/** Expects |actual − expected| ≤ absolute + relative · |expected| for every number. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative = 1e-5, absolute = 1e-6 }: { relative?: number; absolute?: number } = {},
): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs((actual[i] as number) - (expected[i] as number));
    const allowed = absolute + relative * Math.abs(expected[i] as number);
    if (!(difference <= allowed)) expect.fail(`number ${i} is ${actual[i]}, expected ${expected[i]} ± ${allowed}`);
  }
}
