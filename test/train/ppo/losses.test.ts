import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { ActionDistribution } from "../../../src/nn/actionDistribution.js";
import { selectBackendAsync } from "../../../src/nn/backend.js";
import { lossesAndGradients } from "../../../src/nn/gradients.js";
import { Mlp } from "../../../src/nn/mlp.js";
import type { DenseLayer } from "../../../src/policy/network.js";
import { maskSize } from "../../../src/policy/policy.js";
import { Random } from "../../../src/random.js";
import { clippedSurrogateLoss, normalizeAdvantages, type PpoLosses, ppoLosses } from "../../../src/train/ppo/losses.js";
import { coefficientsOf, type GoldenLayer, PPO_GOLDENS, type PpoGoldenFile } from "../../golden/ppoGolden.js";
import { readGolden } from "../../golden/readGolden.js";
import { expectClose } from "../../nn/close.js";

const toLayers = (layers: readonly GoldenLayer[]): DenseLayer[] =>
  layers.map((layer) => ({
    ...layer,
    weights: Float32Array.from(layer.weights),
    bias: Float32Array.from(layer.bias),
  }));

function network(name: string, layers: readonly GoldenLayer[]): Mlp {
  const mlp = new Mlp({
    name,
    inputs: layers[0]?.inputs as number,
    hidden: layers.slice(0, -1).map(({ outputs }) => outputs),
    outputs: layers.at(-1)?.outputs as number,
    activation: "tanh",
    headGain: 1,
    random: new Random(1),
  });
  mlp.load(toLayers(layers));
  return mlp;
}

describe.each(["wasm", "cpu"] as const)("one PPO minibatch on %s", (backend) => {
  beforeAll(async () => {
    await selectBackendAsync(backend);
  });

  it.each(PPO_GOLDENS)("has the losses and gradients of PyTorch: %s", (name) => {
    const golden = readGolden<PpoGoldenFile>(name);
    const { batch, continuous, discrete } = golden;
    const before = tf.memory().numTensors;
    const actor = network("actor", golden.actor);
    const critic = network("critic", golden.critic);
    const logStd = tf.tidy(() => tf.variable(tf.tensor1d(golden.logStd, "float32")));
    const variables = [...actor.variables, ...critic.variables, ...(continuous > 0 ? [logStd] : [])];
    const distribution = new ActionDistribution({ continuous, discrete });

    tf.tidy(() => {
      const matrix = (values: number[]) => tf.tensor2d(values, [batch, values.length / batch], "float32");
      const observations = matrix(golden.observations);
      const actions = matrix(golden.actions);
      const masks = maskSize({ continuous, discrete }) > 0 ? matrix(golden.masks) : undefined;
      const { losses, gradients } = lossesAndGradients(variables, () => {
        const evaluated = distribution.evaluate(actor.forward(observations), logStd, actions, masks);
        expectClose(evaluated.logProbability.dataSync(), golden.logProbability, { relative: 1e-4 });
        expectClose(tf.add(evaluated.entropy, tf.zeros([batch])).dataSync(), golden.entropies, { relative: 1e-4 });
        const minibatch = {
          ...evaluated,
          values: critic.forward(observations).as1D(),
          oldLogProbability: tf.tensor1d(golden.oldLogProbability),
          advantages: tf.tensor1d(golden.advantages),
          returns: tf.tensor1d(golden.returns),
        };
        return ppoLosses(minibatch, coefficientsOf(golden));
      });

      expect(Object.keys(losses).sort()).toEqual(Object.keys(golden.losses).sort());
      for (const [key, expected] of Object.entries(golden.losses)) {
        expectClose(losses[key as keyof PpoLosses].dataSync(), [expected], { relative: 1e-4 });
      }
      const expected = [
        ...[...golden.actorGradients, ...golden.criticGradients].flatMap(({ weights, bias }) => [weights, bias]),
        ...(continuous > 0 ? [golden.logStdGradient] : []),
      ];
      expect(gradients.length).toBe(expected.length);
      gradients.forEach((gradient, i) => {
        expect(gradient.shape).toEqual(variables[i]?.shape);
        expectClose(gradient.dataSync(), expected[i] as number[], { relative: 1e-4, absolute: 2e-7 });
      });
      tf.dispose(Object.values(losses));
    });
    for (const thing of [actor, critic, logStd]) thing.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("clips the surrogate only where that makes it worse", () => {
    const result = tf.tidy(() => {
      const ratio = tf.tensor1d([1.5, 1.5, 0.5, 0.5, 1.1]);
      const advantages = tf.tensor1d([1, -1, 1, -1, 2]);
      const loss = (r: tf.Tensor) => clippedSurrogateLoss(r as tf.Tensor1D, advantages, 0.2);
      return { loss: loss(ratio).dataSync(), gradient: tf.grad(loss)(ratio).dataSync() };
    });
    // min: 1.2, −1.5, 0.5, −0.8, 2.2; only the second, third and last move with the ratio.
    expectClose(result.loss, [-(1.2 - 1.5 + 0.5 - 0.8 + 2.2) / 5]);
    expectClose(result.gradient, [0, 1 / 5, -1 / 5, 0, -2 / 5]);
  });

  it("measures how far the policy moved", () => {
    const ratios = [1, 2, 0.5, 1.1];
    const losses = tf.tidy(() => {
      const zeros = tf.zeros<tf.Rank.R1>([4]);
      const minibatch = {
        logProbability: tf.tensor1d(ratios.map(Math.log)),
        oldLogProbability: zeros,
        entropy: tf.scalar(3),
        values: zeros,
        advantages: zeros,
        returns: tf.tensor1d([1, 1, 2, 2]),
      };
      const coefficients = { epsilon: 0.2, valueCoefficient: 0.5, entropyCoefficient: 0.1 };
      const scalars = Object.entries(ppoLosses(minibatch, coefficients));
      return Object.fromEntries(scalars.map(([key, value]) => [key, value.dataSync()[0] as number]));
    });
    const kl = ratios.reduce((sum, r) => sum + (r - 1 - Math.log(r)) / 4, 0);
    expect(losses.approximateKl).toBeCloseTo(kl, 6);
    expect(losses.clipFraction).toBe(0.5);
    // ½ · (1 + 1 + 4 + 4) / 4 = 1.25, and 0 + 0.5 · 1.25 − 0.1 · 3 = 0.325
    expect(losses.valueLoss).toBeCloseTo(1.25, 6);
    expect(losses.total).toBeCloseTo(0.325, 6);
  });
});

describe("normalizeAdvantages", () => {
  it("gives mean 0 and the unbiased deviation 1, in place", () => {
    const advantages = new Float32Array([1, 2, 3, 6]);
    normalizeAdvantages(advantages);
    // Mean 3, squares 4 + 1 + 0 + 9 = 14, variance 14 / 3.
    const std = Math.sqrt(14 / 3);
    expectClose(advantages, [-2 / std, -1 / std, 0, 3 / std]);
  });

  it("stays finite when all are equal, and for one alone", () => {
    for (const advantages of [new Float32Array([2, 2, 2]), new Float32Array([5])]) {
      normalizeAdvantages(advantages);
      expect(advantages.every((a) => a === 0)).toBe(true);
    }
  });
});
