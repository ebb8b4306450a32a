import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { ActionDistribution } from "../../src/nn/actionDistribution.js";
import { selectBackendAsync } from "../../src/nn/backend.js";
import { actionSize, maskSize } from "../../src/policy/policy.js";
import { Random } from "../../src/random.js";
import {
  ActionSampler,
  categoricalLogProbabilityAt,
  sampleCategorical,
  sampleGaussian,
} from "../../src/rollout/actionSampler.js";
import { expectClose } from "../nn/close.js";

const HALF_LOG_TWO_PI = 0.9189385332;
/** Probabilities ½, ⅓ and ⅙. */
const LOGITS = [Math.log(3), Math.log(2), 0];
const ROWS = 40;

describe("ActionSampler", () => {
  beforeAll(async () => {
    await selectBackendAsync("cpu");
  });

  it.each([
    { continuous: 3, discrete: [] },
    { continuous: 0, discrete: [3, 2] },
    { continuous: 2, discrete: [4, 2, 3] },
  ])("samples what the learner then finds as likely: $continuous continuous, branches $discrete", (spec) => {
    const sampler = new ActionSampler(spec);
    const random = new Random(1);
    const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());
    const headSize = spec.continuous + maskSize(spec);
    const head = normals(ROWS * headSize);
    const logStd = normals(spec.continuous);
    // In odd rows, forbid the first option of the first branch, the second of the second …
    const masks = new Float32Array(ROWS * maskSize(spec)).fill(1);
    for (let row = 1; row < ROWS; row += 2) {
      let offset = row * maskSize(spec);
      spec.discrete.forEach((options, branch) => {
        masks[offset + branch] = 0;
        offset += options;
      });
    }

    const width = actionSize(spec);
    const actions = new Float32Array(ROWS * width);
    const logProbabilities = new Float32Array(ROWS);
    sampler.sample(random, head, logStd, ROWS, actions, masks, logProbabilities);

    for (let row = 0; row < ROWS; row++) {
      spec.discrete.forEach((options, branch) => {
        const choice = actions[row * width + spec.continuous + branch] as number;
        const all = Array.from({ length: options }, (_, option) => option);
        expect(all.filter((option) => row % 2 === 0 || option !== branch)).toContain(choice);
      });
    }
    const evaluated = tf.tidy(() => {
      const tensors = [
        tf.tensor2d(head, [ROWS, headSize]),
        tf.tensor1d(logStd, "float32"),
        tf.tensor2d(actions, [ROWS, width]),
        tf.tensor2d(masks, [ROWS, maskSize(spec)]),
      ] as const;
      return new ActionDistribution(spec).evaluate(...tensors).logProbability.dataSync();
    });
    expectClose(evaluated, logProbabilities, { absolute: 1e-5 });
  });

  it("stores continuous actions as drawn, outside of [-1, 1] too", () => {
    const actions = new Float32Array(1);
    const sampler = new ActionSampler({ continuous: 1, discrete: [] });
    sampler.sample(new Random(1), new Float32Array([5]), new Float32Array([-3]), 1, actions);
    expect(Math.abs(actions[0]! - 5)).toBeLessThan(0.5);
  });
});

describe("sampleGaussian", () => {
  it("samples with the given mean and deviation at the given offsets, and says how likely", () => {
    const random = new Random(1);
    const mean = new Float32Array([99, -1, 3]);
    const logStd = new Float32Array([Math.log(0.5), Math.log(2)]);
    const action = new Float32Array(4);
    const count = 50_000;
    const sums = [0, 0];
    const squares = [0, 0];
    let logProbabilities = 0;
    let worst = 0;
    for (let n = 0; n < count; n++) {
      const logProbability = sampleGaussian(random, mean, 1, logStd, Float64Array.from(logStd, Math.exp), action, 2);
      const [first, second] = [(action[2]! + 1) / 0.5, (action[3]! - 3) / 2];
      // −½ z² − log σ − ½ log 2π, and log 0.5 + log 2 = 0
      const expected = -0.5 * (first ** 2 + second ** 2) - 2 * HALF_LOG_TWO_PI;
      worst = Math.max(worst, Math.abs(logProbability - expected));
      logProbabilities += logProbability / count;
      for (const i of [0, 1]) {
        const deviation = action[2 + i]! - mean[1 + i]!;
        sums[i]! += deviation / count;
        squares[i]! += deviation ** 2 / count;
      }
    }
    expect(worst).toBeLessThan(1e-5);
    expect([...action.slice(0, 2)]).toEqual([0, 0]);
    // Standard errors: 0.002 and 0.009 of the means, 0.002 and 0.025 of the squares.
    expectClose(sums, [0, 0], { absolute: 0.04 });
    expectClose(squares, [0.25, 4], { absolute: 0.1 });
    // The mean of −log p is the entropy, twice ½ log 2πe.
    expect(-logProbabilities).toBeCloseTo(2 * (HALF_LOG_TWO_PI + 0.5), 1);
  });

  it("gives the probability of the action as stored, in single precision", () => {
    // Around 1000, single precision is 6e-5 apart: a tenth of this deviation.
    const [mean, logStd, action] = [new Float32Array([1000]), new Float32Array([Math.log(6e-4)]), new Float32Array(1)];
    const random = new Random(3);
    for (let n = 0; n < 100; n++) {
      const logProbability = sampleGaussian(random, mean, 0, logStd, Float64Array.from(logStd, Math.exp), action, 0);
      const z = (action[0]! - 1000) / Math.exp(logStd[0]!);
      expect(logProbability).toBeCloseTo(-0.5 * z * z - logStd[0]! - HALF_LOG_TWO_PI, 9);
    }
  });
});

describe("one branch of options", () => {
  it("has their probabilities, those of large logits and of what a mask leaves included", () => {
    const logits = new Float32Array([99, ...LOGITS]);
    expect(categoricalLogProbabilityAt(logits, 1, 3, 1)).toBeCloseTo(-Math.log(3), 6);
    const masks = new Float32Array([1, 1, 0, 1]);
    expect(categoricalLogProbabilityAt(logits, 1, 3, 0, masks, 1)).toBeCloseTo(Math.log(3 / 4), 6);
    expect(Math.exp(categoricalLogProbabilityAt(logits, 1, 3, 1, masks, 1))).toBe(0);
    expect(categoricalLogProbabilityAt(new Float32Array([1000, 1000]), 0, 2, 0)).toBeCloseTo(-Math.log(2), 6);
  });

  it("is sampled as often as its options are likely, forbidden ones never", () => {
    const random = new Random(1);
    const logits = new Float32Array([99, ...LOGITS]);
    const masks = new Float32Array([1, 1, 0, 1]);
    const frequencies = (...mask: [masks?: Float32Array, offset?: number]) => {
      const counts = [0, 0, 0];
      for (let i = 0; i < 60_000; i++) counts[sampleCategorical(random, logits, 1, 3, ...mask)]! += 1 / 60_000;
      return counts;
    };
    // Standard error 0.002.
    expectClose(frequencies(), [1 / 2, 1 / 3, 1 / 6], { absolute: 0.01 });
    const masked = frequencies(masks, 1);
    expectClose(masked, [3 / 4, 0, 1 / 4], { absolute: 0.01 });
    expect(masked[1]).toBe(0);
  });
});
