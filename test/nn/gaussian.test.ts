import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackendAsync } from "../../src/nn/backend.js";
import {
  gaussianEntropy,
  gaussianLogProbability,
  gaussianLogProbabilityAt,
  sampleGaussian,
} from "../../src/nn/gaussian.js";
import { Random } from "../../src/random.js";
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

  it("samples with the given mean and deviation at the given offsets, and says how likely", () => {
    const random = new Random(1);
    const mean = new Float32Array([99, -1, 3]);
    const logStd = new Float32Array([Math.log(0.5), Math.log(2)]);
    const action = new Float32Array(4);
    const count = 50_000;
    const sums = [0, 0];
    const squares = [0, 0];
    let logProbabilities = 0;
    let mismatches = 0;
    for (let n = 0; n < count; n++) {
      const logProbability = sampleGaussian(random, mean, 1, logStd, action, 2, 2);
      if (logProbability !== gaussianLogProbabilityAt(mean, 1, logStd, action, 2, 2)) mismatches++;
      logProbabilities += logProbability / count;
      for (const i of [0, 1]) {
        const deviation = (action[2 + i] as number) - (mean[1 + i] as number);
        sums[i] = (sums[i] as number) + deviation / count;
        squares[i] = (squares[i] as number) + deviation ** 2 / count;
      }
    }
    expect(mismatches).toBe(0);
    expect([...action.slice(0, 2)]).toEqual([0, 0]);
    // Standard errors: 0.002 and 0.009 of the means, 0.002 and 0.025 of the squares.
    expectClose(sums, [0, 0], { absolute: 0.04 });
    expectClose(squares, [0.25, 4], { absolute: 0.1 });
    // The mean of −log p is the entropy: log 0.5 + log 2 = 0 and twice ½ log 2πe.
    expect(-logProbabilities).toBeCloseTo(2 * (HALF_LOG_TWO_PI + 0.5), 1);
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
