import { describe, expect, it } from "vitest";
import { Random } from "../../../src/random.js";
import { eliteWeights } from "../../../src/train/cem/weights.js";
import { GaussianSearch } from "../../../src/train/population/gaussianSearch.js";
import { relativeEntropyWeights } from "../../../src/train/reps/weights.js";
import { rewardWeights } from "../../../src/train/rwr/weights.js";
import { expectNear } from "../../support/near.js";
import { ScriptedRandom } from "../../support/scriptedRandom.js";

describe("GaussianSearch", () => {
  it("moves to the weighted mean and the unbiased weighted deviation of its candidates", () => {
    const search = new GaussianSearch({
      mean: Float64Array.of(1),
      std: 2,
      population: 3,
      weigh: () => [1, 3, 0],
      extraStd: () => 0.5,
      random: new ScriptedRandom([0, 1, 5]),
    });
    expect(search.ask().map(([x]) => x)).toEqual([1, 3, 11]);
    search.tell([0, 0, 0]);
    // mean (1 + 3·3) / 4 = 2.5; Σ w d² = 2.25 + 0.75 = 3; Z = (16 − 10) / 4 = 1.5; variance 2, and 0.25 more
    expectNear(search.mean, [2.5], 1e-12);
    expect(search.deviation).toBeCloseTo(1.5, 12);
  });

  it.each([
    ["CEM", (scores: readonly number[]) => eliteWeights(scores, 0.2)],
    ["RWR", (scores: readonly number[]) => rewardWeights(scores, 0.3)],
    ["REPS", (scores: readonly number[]) => relativeEntropyWeights(scores, 1)],
  ])("finds the top of a hill with the weights of %s", (_, weigh) => {
    const top = [3, -2, 0.5, 1];
    const search = new GaussianSearch({
      mean: new Float64Array(4),
      std: 1,
      population: 60,
      weigh,
      extraStd: (generation) => (generation < 20 ? 0.2 : 0),
      random: new Random(1),
    });
    for (let generation = 0; generation < 60; generation++) {
      search.tell(search.ask().map((x) => -x.reduce((sum, value, i) => sum + (value - top[i]!) ** 2, 0)));
    }
    expectNear(search.mean, top, 0.02);
    expect(search.deviation).toBeLessThan(0.02);
  });

  it("goes on from a state as if it had never stopped", () => {
    const options = { mean: new Float64Array(3), std: 1, population: 5, extraStd: (g: number) => 1 / (1 + g) };
    const create = (random: Random) =>
      new GaussianSearch({ ...options, weigh: (scores) => eliteWeights(scores, 0.4), random });
    const generation = (search: GaussianSearch) => search.tell(search.ask().map(([x]) => x!));
    const random = new Random(1);
    const first = create(random);
    generation(first);
    const [state, words] = [first.state(), random.getState()];
    generation(first);
    const otherRandom = new Random(2);
    otherRandom.setState(words);
    const other = create(otherRandom);
    other.restore(state);
    generation(other);
    expect(other.state()).toEqual(first.state());
  });
});
