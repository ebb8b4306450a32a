import { expect, it } from "vitest";
import { sumOfSquares } from "../../src/task/index.js";

it("sums squares", () => {
  expect(sumOfSquares(Float32Array.of(1, -2, 0.5))).toBe(5.25);
  expect(sumOfSquares([])).toBe(0);
});
