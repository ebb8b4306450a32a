import { expect, it } from "vitest";
import { eliteWeights } from "../../../src/train/cem/weights.js";

it("the best count alike, the others not at all", () => {
  expect(eliteWeights([3, 1, 4, 1, 5, 9, 2, 6], 0.25)).toEqual([0, 0, 0, 0, 0, 1, 0, 1]);
  expect(eliteWeights([1, 2, 3], 0.01)).toEqual([0, 0, 1]);
  // Of equals the first ones.
  expect(eliteWeights([7, 7, 7, 7], 0.5)).toEqual([1, 1, 0, 0]);
});
