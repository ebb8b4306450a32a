import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackendAsync } from "../../src/nn/backend.js";
import { gaussianEntropy, gaussianLogProbability } from "../../src/nn/gaussian.js";
import { Random } from "../../src/random.js";
import { gaussianLogProbabilityAt } from "../support/gaussian.js";
import { expectClose } from "./close.js";

const HALF_LOG_TWO_PI = 0.9189385332;

describe("diagonal Gaussian", () => {
  beforeAll(async () => {
    await selectBackendAsync("wasm");
  });

  it("has the log-probability of its density", () => {
    // Row 0: z = (0, 0), −(log 1 + log 2) − log 2π. Row 1: z = (1 / 1, −4 / 2) = (1, −2), another −½(1 + 4).
    const result = tf.tidy(() => {
      const mean = tf.tensor2d([
        [1, 2],
        [1, 2],
      ]);
      const actions = tf.tensor2d([
        [1, 2],
        [2, -2],
      ]);
      return gaussianLogProbability(mean, tf.tensor1d([0, Math.log(2)]), actions).dataSync();
    });
    const first = -Math.log(2) - 2 * HALF_LOG_TWO_PI;
    expectClose(result, [first, first - 2.5]);
  });

  it("is a density: it integrates to 1", () => {
    const action = new Float32Array(1);
    const [mean, logStd] = [new Float32Array([0.3]), new Float32Array([-0.5])];
    let integral = 0;
    for (let x = -8; x < 8; x += 0.01) {
      action[0] = x;
      integral += 0.01 * Math.exp(gaussianLogProbabilityAt(mean, 0, logStd, action, 0, 1));
    }
    expect(integral).toBeCloseTo(1, 4);
  });

  it("has the entropy Σ (log σ + ½ log 2πe)", () => {
    const entropy = tf.tidy(() => gaussianEntropy(tf.tensor1d([0, 1, -3])).dataSync());
    expectClose(entropy, [3 * (HALF_LOG_TWO_PI + 0.5) - 2]);
  });

  it("agrees with itself between arrays and tensors", () => {
    const random = new Random(2);
    const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());
    const [mean, actions, logStd] = [normals(30), normals(30), normals(3)];
    const tensors = tf.tidy(() =>
      gaussianLogProbability(tf.tensor2d(mean, [10, 3]), tf.tensor1d(logStd), tf.tensor2d(actions, [10, 3])).dataSync(),
    );
    const arrays = Array.from({ length: 10 }, (_, row) =>
      gaussianLogProbabilityAt(mean, 3 * row, logStd, actions, 3 * row, 3),
    );
    expectClose(tensors, arrays, { absolute: 1e-5 });
  });
});
