import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackendAsync } from "../../src/nn/backend.js";
import {
  categoricalEntropy,
  categoricalLogProbabilities,
  categoricalLogProbability,
} from "../../src/nn/categorical.js";
import { expectClose } from "./close.js";

/** Probabilities ½, ⅓ and ⅙. */
const LOGITS = [Math.log(3), Math.log(2), 0];

describe("categorical with masks", () => {
  beforeAll(async () => {
    await selectBackendAsync("wasm");
  });

  it("has the logarithms of the probabilities, of the chosen options and of what the mask leaves", () => {
    const result = tf.tidy(() => {
      const logits = tf.tensor2d([LOGITS, LOGITS, LOGITS]);
      const masks = tf.tensor2d([
        [1, 1, 1],
        [1, 0, 1],
        [0, 0, 1],
      ]);
      const logProbabilities = categoricalLogProbabilities(logits, masks);
      return {
        probabilities: tf.exp(logProbabilities).dataSync(),
        chosen: categoricalLogProbability(logProbabilities, tf.tensor1d([1, 2, 2])).dataSync(),
        entropy: categoricalEntropy(logProbabilities).dataSync(),
      };
    });
    expectClose(result.probabilities, [1 / 2, 1 / 3, 1 / 6, 3 / 4, 0, 1 / 4, 0, 0, 1]);
    expectClose(result.chosen, [-Math.log(3), -Math.log(4), 0]);
    const entropy = (...p: number[]) => -p.reduce((sum, x) => sum + x * Math.log(x), 0);
    expectClose(result.entropy, [entropy(1 / 2, 1 / 3, 1 / 6), entropy(3 / 4, 1 / 4), 0]);
  });

  it("allows all without a mask", () => {
    const logProbabilities = tf.tidy(() => categoricalLogProbabilities(tf.tensor2d([LOGITS])).dataSync());
    expectClose(logProbabilities, [-Math.log(2), -Math.log(3), -Math.log(6)]);
  });

  it("gives forbidden options no gradient, and none that is not finite", () => {
    const gradient = tf.tidy(() => {
      const masks = tf.tensor2d([[1, 0, 1]]);
      const loss = (logits: tf.Tensor) => {
        const logProbabilities = categoricalLogProbabilities(logits as tf.Tensor2D, masks);
        const chosen = categoricalLogProbability(logProbabilities, tf.tensor1d([0]));
        return tf.sum(tf.add(chosen, categoricalEntropy(logProbabilities)));
      };
      return tf
        .grad(loss)(tf.tensor2d([[...LOGITS]]))
        .dataSync();
    });
    // p = (¾, –, ¼). Of log p_0: (1 − ¾, −¼). Of H: −p_i (log p_i + H), H = ¾ log 4/3 + ¼ log 4.
    const entropy = 0.75 * Math.log(4 / 3) + 0.25 * Math.log(4);
    const first = 0.25 - 0.75 * (Math.log(0.75) + entropy);
    expectClose(gradient, [first, 0, -first], { absolute: 1e-5 });
    expect(gradient[1]).toBeCloseTo(0, 12);
  });
});
