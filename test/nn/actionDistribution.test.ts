import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { ActionDistribution } from "../../src/nn/actionDistribution.js";
import { selectBackendAsync } from "../../src/nn/backend.js";
import { expectClose } from "./close.js";

describe("ActionDistribution", () => {
  beforeAll(async () => {
    await selectBackendAsync("wasm");
  });

  it("adds the log-probabilities of its parts, each from its columns", () => {
    const distribution = new ActionDistribution({ continuous: 1, discrete: [2, 3] });
    const before = tf.memory().numTensors;
    const found = tf.tidy(() => {
      // Mean, then branches of odds 1 : 3 and 1 : 1 : 2; σ = 2.
      const row = [5, 0, Math.log(3), 0, 0, Math.log(2)];
      const head = tf.tensor2d([row, row]);
      const actions = tf.tensor2d([
        [5, 1, 2],
        [9, 0, 0],
      ]);
      const masks = tf.tensor2d([
        [1, 1, 1, 1, 1],
        [1, 1, 1, 0, 1],
      ]);
      return distribution.evaluate(head, tf.tensor1d([Math.log(2)]), actions, masks).logProbability.dataSync();
    });
    expect(tf.memory().numTensors).toBe(before);
    // The density at the mean is 1 / √(2π 2²); in the second row z = 2, and a mask leaves 1 : 2 of the second branch.
    const density = -Math.log(2 * Math.sqrt(2 * Math.PI));
    expectClose(found, [density + Math.log(3 / 4) + Math.log(1 / 2), density - 2 + Math.log(1 / 4) + Math.log(1 / 3)]);
  });

  it("adds the entropies of its parts", () => {
    const distribution = new ActionDistribution({ continuous: 1, discrete: [2, 4] });
    const entropy = tf.tidy(() => {
      const head = tf.zeros<tf.Rank.R2>([1, 7]);
      const { entropy } = distribution.evaluate(head, tf.tensor1d([0]), tf.zeros([1, 3]));
      return entropy.dataSync();
    });
    // ½ log 2πe + log 2 + log 4
    expectClose(entropy, [0.5 * Math.log(2 * Math.PI * Math.E) + Math.log(8)]);
  });
});
