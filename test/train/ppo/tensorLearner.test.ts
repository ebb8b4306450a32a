import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackendAsync } from "../../../src/nn/backend.js";
import { Random } from "../../../src/random.js";
import type { LearnSettings, OnPolicyBatch } from "../../../src/train/onPolicy/learner.js";
import { KernelLearner } from "../../../src/train/ppo/kernelLearner.js";
import { TensorLearner } from "../../../src/train/ppo/tensorLearner.js";
import { expectClose } from "../../nn/close.js";
import { gaussianLogProbabilityAt } from "../../support/gaussian.js";
import { initialState, layoutFor, OBSERVATION_SIZE, randomBatch, SETTINGS } from "./ppoBatch.js";

const ROWS = 100;
const CONTINUOUS = { continuous: 3, discrete: [] };

function partsFor(actionSpec: { continuous: number; discrete: number[] }, seed = 1) {
  const layout = layoutFor(actionSpec, [16, 8], "elu");
  return { layout, state: initialState(layout, new Random(seed)), maxGradNorm: 0.5, random: new Random(2) };
}

describe.each(["cpu", "wasm"] as const)("TensorLearner on %s", (backend) => {
  beforeAll(async () => {
    await selectBackendAsync(backend);
  });

  it.each([
    ["continuous", CONTINUOUS],
    ["discrete", { continuous: 0, discrete: [3, 4] }],
    ["hybrid", { continuous: 2, discrete: [3] }],
  ])("makes the updates of the kernels: %s actions", async (_, actionSpec) => {
    const random = new Random(4);
    const tensors = new TensorLearner(partsFor(actionSpec));
    const kernels = await KernelLearner.createAsync({ ...partsFor(actionSpec), maxRows: ROWS });
    const { layout } = partsFor(actionSpec);
    for (const settings of [SETTINGS, { ...SETTINGS, normalizeAdvantages: false, learningRate: 1e-3 }]) {
      const batch = randomBatch(layout, ROWS, random);
      const ours = await tensors.updateAsync(batch, settings);
      const theirs = await kernels.updateAsync(batch, settings);
      expect(Object.keys(ours)).toEqual(Object.keys(theirs));
      expectClose(Object.values(ours), Object.values(theirs), { relative: 1e-4, absolute: 1e-5 });
    }
    const [ours, theirs] = [await tensors.stateAsync(), await kernels.stateAsync()];
    expectClose(ours.parameters, theirs.parameters, { relative: 1e-3, absolute: 1e-4 });
    expectClose(ours.adam.mean, theirs.adam.mean, { relative: 1e-3, absolute: 1e-4 });
    expectClose(ours.adam.square, theirs.adam.square, { relative: 1e-3, absolute: 1e-5 });
    // 100 rows make 2 minibatches of about 64; 2 passes, 2 updates.
    expect([ours.adam.step, theirs.adam.step]).toEqual([8, 8]);
    tensors.dispose();
  });

  it("gives the state that it was given, and takes over another", async () => {
    const parts = partsFor(CONTINUOUS);
    const learner = new TensorLearner(parts);
    expect(await learner.stateAsync()).toEqual(parts.state);
    const other = initialState(parts.layout, new Random(9));
    const adam = {
      step: 7,
      mean: other.parameters.map((x) => 0.01 * x),
      square: other.parameters.map((x) => 0.01 * x * x),
    };
    learner.load({ ...other, adam });
    const loaded = await learner.stateAsync();
    expect(loaded).toEqual({ ...other, adam });
    // Copies in both directions.
    adam.mean.fill(5);
    other.parameters.fill(5);
    loaded.parameters.fill(6);
    const { parameters, adam: moments } = await learner.stateAsync();
    expect(parameters).toEqual(initialState(parts.layout, new Random(9)).parameters);
    expect(moments.mean).not.toContain(5);
    learner.dispose();
  });

  it("goes on from a saved state as if nothing had happened", async () => {
    const parts = partsFor(CONTINUOUS);
    const batch = randomBatch(parts.layout, ROWS, new Random(5));
    const one = new TensorLearner(parts);
    await one.updateAsync(batch, SETTINGS);
    const state = await one.stateAsync();
    const random = new Random(1);
    random.setState(parts.random.getState());
    const other = new TensorLearner({ ...parts, state, random });
    expect(await other.updateAsync(batch, SETTINGS)).toEqual(await one.updateAsync(batch, SETTINGS));
    expect(await other.stateAsync()).toEqual(await one.stateAsync());
    for (const learner of [one, other]) learner.dispose();
  });

  it("stops after the first pass that went too far", async () => {
    const parts = partsFor(CONTINUOUS);
    const learner = new TensorLearner(parts);
    const batch = randomBatch(parts.layout, ROWS, new Random(5));
    const update = (settings: Partial<LearnSettings>) =>
      learner.updateAsync(batch, { ...SETTINGS, epochs: 3, ...settings });
    expect((await update({ targetKl: 0 })).epochs).toBe(1);
    expect((await learner.stateAsync()).adam.step).toBe(2);
    expect((await update({ targetKl: 1e9 })).epochs).toBe(3);
    expect((await update({})).epochs).toBe(3);
    learner.dispose();
  });

  it("reports losses that are not finite", async () => {
    const parts = partsFor(CONTINUOUS);
    const learner = new TensorLearner(parts);
    const batch = randomBatch(parts.layout, ROWS, new Random(5));
    batch.returns[3] = Number.NaN;
    expect((await learner.updateAsync(batch, SETTINGS)).valueLoss).toBeNaN();
    learner.dispose();
  });

  it("leaves no tensors behind", async () => {
    const before = tf.memory().numTensors;
    const parts = partsFor({ continuous: 2, discrete: [3] });
    const learner = new TensorLearner(parts);
    const created = tf.memory().numTensors;
    const batch = randomBatch(parts.layout, ROWS, new Random(5));
    await learner.updateAsync(batch, { ...SETTINGS, targetKl: 1e9 });
    await learner.stateAsync();
    learner.load(parts.state);
    expect(tf.memory().numTensors).toBe(created);
    learner.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("makes actions with positive advantages likelier", async () => {
    const parts = partsFor({ continuous: 1, discrete: [] });
    const learner = new TensorLearner(parts);
    // Everywhere the same observation; actions above 0 were good, those below were bad.
    const random = new Random(6);
    const actions = Float32Array.from({ length: ROWS }, () => random.normal());
    const zero = new Float32Array(1);
    const batch: OnPolicyBatch = {
      size: ROWS,
      observations: new Float32Array(ROWS * OBSERVATION_SIZE).fill(0.5),
      actions,
      masks: new Float32Array(0),
      logProbabilities: Float32Array.from(actions, (_, row) =>
        gaussianLogProbabilityAt(zero, 0, zero, actions, row, 1),
      ),
      advantages: actions.map(Math.sign),
      returns: new Float32Array(ROWS),
    };
    const lossOf = async () => (await learner.updateAsync(batch, { ...SETTINGS, learningRate: 1e-3 })).policyLoss;
    const first = await lossOf();
    for (let i = 0; i < 5; i++) await lossOf();
    expect(await lossOf()).toBeLessThan(first - 0.05);
    learner.dispose();
  });
});
