import { expect, it } from "vitest";
import { rewardWeights } from "../../../src/train/rwr/weights.js";
import { expectNear } from "../../support/near.js";

it("candidates count by exp(R / (T σ)), whatever the unit and the zero of the returns", () => {
  // σ = 1 of ±1
  expectNear(rewardWeights([-1, 1], 0.5), [Math.exp(-4), 1], 1e-12);
  expectNear(rewardWeights([90, 110], 0.5), [Math.exp(-4), 1], 1e-12);
  expect(rewardWeights([5, 5, 5], 0.5)).toEqual([1, 1, 1]);
});
