import { describe, expect, it } from "vitest";
import { Random } from "../../../src/random.js";
import { DistributionMetric } from "../../../src/train/naturalGradient/distributionMetric.js";
import { NaturalGradientLearner, type NaturalStep } from "../../../src/train/naturalGradient/learner.js";
import { logStdOf, onPolicyLayout } from "../../../src/train/onPolicy/layout.js";
import type { LearnSettings, OnPolicyBatch } from "../../../src/train/onPolicy/learner.js";
import type { GoldenLayer } from "../../golden/ppoGolden.js";
import { readGolden } from "../../golden/readGolden.js";
import { expectClose } from "../../nn/close.js";

/** What generate_natural.py writes. */
interface NaturalGolden {
  readonly continuous: number;
  readonly discrete: number[];
  readonly batch: number;
  readonly actor: readonly GoldenLayer[];
  readonly critic: readonly GoldenLayer[];
  readonly logStd: number[];
  readonly observations: number[];
  readonly masks: number[];
  readonly vector: number[];
  readonly product: number[];
  readonly moved: number[];
  readonly divergence: number;
}

const golden = readGolden<NaturalGolden>("natural");
const flat = (layers: readonly GoldenLayer[]) => layers.flatMap(({ weights, bias }) => [...weights, ...bias]);
const { continuous, discrete, batch: rows, actor, critic } = golden;
const layout = onPolicyLayout({
  observationSize: actor[0]!.inputs,
  actionSpec: { continuous, discrete },
  activation: "tanh",
  hidden: actor.slice(0, -1).map(({ outputs }) => outputs),
});
const parameters = Float32Array.from([...flat(actor), ...golden.logStd, ...flat(critic)]);
const policySize = layout.logStd + continuous;
const masks = Float32Array.from(golden.masks);
const random = new Random(1);
const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());

/** Actions that are allowed, with advantages that have nothing to do with them. */
function batch(): OnPolicyBatch {
  const actions = normals(rows * (continuous + discrete.length));
  for (let row = 0; row < rows; row++) {
    // The first option of each branch is always allowed.
    discrete.forEach((_, branch) => {
      actions[row * (continuous + discrete.length) + continuous + branch] = 0;
    });
  }
  return {
    size: rows,
    observations: Float32Array.from(golden.observations),
    actions,
    masks,
    logProbabilities: new Float32Array(rows).fill(-3),
    advantages: normals(rows),
    returns: normals(rows),
  };
}

const settings: LearnSettings = {
  epochs: 20,
  batchSize: 8,
  learningRate: 0.01,
  epsilon: Number.POSITIVE_INFINITY,
  entropyCoefficient: 0,
  valueCoefficient: 1,
  normalizeAdvantages: true,
  targetKl: null,
};

function createAsync(step: NaturalStep) {
  const { size } = layout;
  const adam = { step: 0, mean: new Float32Array(size), square: new Float32Array(size) };
  return NaturalGradientLearner.createAsync({ layout, state: { parameters, adam }, step, rows, random: new Random(2) });
}

const TRPO: NaturalStep = { cgIterations: 10, cgDamping: 0.01, size: { kl: 0.01 }, tries: 10 };

describe("NaturalGradientLearner", () => {
  it("multiplies by the Hessian of the KL divergence, as PyTorch finds it", async () => {
    const learner = await createAsync(TRPO);
    // Puts the observations in place; nothing is learnt from advantages of 0.
    const still = { ...batch(), advantages: new Float32Array(rows) };
    await learner.updateAsync(still, { ...settings, epochs: 0, normalizeAdvantages: false });
    const at = learner.distributions(rows);
    const product = learner.fisherProduct(Float64Array.from(golden.vector), at, masks, rows);
    expectClose(product, golden.product, { relative: 2e-3, absolute: 2e-5 });
  });

  it("finds the divergence that PyTorch finds", async () => {
    const learner = await createAsync(TRPO);
    const still = { ...batch(), advantages: new Float32Array(rows) };
    const unmoved = { ...settings, epochs: 0, normalizeAdvantages: false };
    await learner.updateAsync(still, unmoved);
    const { head, logStd } = learner.distributions(rows);
    const before = { head: head.slice(), logStd: logStd.slice() };
    const { adam } = await learner.stateAsync();
    const moved = parameters.slice();
    moved.set(golden.moved);
    learner.load({ parameters: moved, adam });
    const after = learner.distributions(rows);
    const divergence = new DistributionMetric({ continuous, discrete }).divergence(before, after, masks, rows);
    expect(divergence / golden.divergence).toBeCloseTo(1, 3);
  });

  it("makes a step that is better, and as far as it may be", async () => {
    const learner = await createAsync(TRPO);
    const data = batch();
    const first = await learner.updateAsync(data, settings);
    expect(first.approximateKl).toBeLessThanOrEqual(0.01);
    expect(first.approximateKl).toBeGreaterThan(0.003);
    const { parameters: after } = await learner.stateAsync();
    expect(after.slice(0, policySize)).not.toEqual(parameters.slice(0, policySize));
    // The loss before the second step is that after the first.
    const second = await learner.updateAsync(data, settings);
    expect(second.policyLoss).toBeLessThan(first.policyLoss);
    expect(second.valueLoss).toBeLessThan(first.valueLoss);
  });

  it("without a search goes the whole way, and a fixed step follows the natural gradient", async () => {
    const data = batch();
    const truncated = await createAsync({ ...TRPO, tries: 1 });
    const { approximateKl } = await truncated.updateAsync(data, settings);
    // To second order it is 0.01.
    expect(approximateKl).toBeGreaterThan(0.005);
    expect(approximateKl).toBeLessThan(0.02);
    const moves = [];
    for (const fixed of [0.01, 0.02]) {
      const learner = await createAsync({ ...TRPO, size: { fixed }, tries: 1 });
      await learner.updateAsync(data, settings);
      const { parameters: after } = await learner.stateAsync();
      moves.push(after.slice(0, policySize).map((value, i) => value - parameters[i]!));
    }
    expectClose(
      moves[1]!,
      Array.from(moves[0]!, (value) => 2 * value),
      { relative: 1e-3, absolute: 1e-6 },
    );
  });

  it("leaves the policy where no step is good", async () => {
    const learner = await createAsync({ ...TRPO, size: { kl: 1e-30 }, tries: 2 });
    const { approximateKl } = await learner.updateAsync(batch(), settings);
    expect(approximateKl).toBe(0);
    const { parameters: after } = await learner.stateAsync();
    expect(after.slice(0, policySize)).toEqual(parameters.slice(0, policySize));
    expect(logStdOf(layout, after)).toEqual(logStdOf(layout, parameters));
  });
});
