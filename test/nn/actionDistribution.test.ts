import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { ActionDistribution } from "../../src/nn/actionDistribution.js";
import { selectBackendAsync } from "../../src/nn/backend.js";
import { actionSize, maskSize } from "../../src/policy/policy.js";
import { Random } from "../../src/random.js";
import { expectClose } from "./close.js";

const ROWS = 40;

describe("ActionDistribution", () => {
  beforeAll(async () => {
    await selectBackendAsync("wasm");
  });

  it.each([
    { continuous: 3, discrete: [] },
    { continuous: 0, discrete: [3, 2] },
    { continuous: 2, discrete: [4, 2, 3] },
  ])("samples what it then finds as likely: $continuous continuous, branches $discrete", (spec) => {
    const distribution = new ActionDistribution(spec);
    const random = new Random(1);
    const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());
    expect(distribution.headSize).toBe(spec.continuous + maskSize(spec));
    const head = normals(ROWS * distribution.headSize);
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
    const logProbabilities = Array.from({ length: ROWS }, (_, row) =>
      distribution.sample(random, head, logStd, row, actions, masks),
    );

    for (let row = 0; row < ROWS; row++) {
      spec.discrete.forEach((options, branch) => {
        const choice = actions[row * width + spec.continuous + branch] as number;
        const all = Array.from({ length: options }, (_, option) => option);
        expect(all.filter((option) => row % 2 === 0 || option !== branch)).toContain(choice);
      });
    }
    const before = tf.memory().numTensors;
    const evaluated = tf.tidy(() => {
      const tensors = [
        tf.tensor2d(head, [ROWS, distribution.headSize]),
        tf.tensor1d(logStd, "float32"),
        tf.tensor2d(actions, [ROWS, width]),
        tf.tensor2d(masks, [ROWS, maskSize(spec)]),
      ] as const;
      return distribution.evaluate(...tensors).logProbability.dataSync();
    });
    expect(tf.memory().numTensors).toBe(before);
    expectClose(evaluated, logProbabilities, { absolute: 1e-5 });
  });

  it("stores continuous actions as drawn, outside of [-1, 1] too", () => {
    const distribution = new ActionDistribution({ continuous: 1, discrete: [] });
    const actions = new Float32Array(1);
    distribution.sample(new Random(1), new Float32Array([5]), new Float32Array([-3]), 0, actions);
    expect(Math.abs((actions[0] as number) - 5)).toBeLessThan(0.5);
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
