import { beforeAll, describe, expect, it } from "vitest";
import { selectBackendAsync } from "../../../src/nn/backend.js";
import type { Activation } from "../../../src/policy/network.js";
import { Random } from "../../../src/random.js";
import type { ReplayBatch } from "../../../src/rollout/replayBuffer.js";
import { SacKernelLearner } from "../../../src/train/sac/kernelLearner.js";
import { initialSacState, type SacState, sacLayout } from "../../../src/train/sac/state.js";
import { SacTensorLearner } from "../../../src/train/sac/tensorLearner.js";
import { readSacGolden } from "../../golden/sacGolden.js";
import { expectClose } from "../../nn/close.js";
import { ScriptedRandom } from "../../support/scriptedRandom.js";

const LOSSES = ["criticLoss", "actorLoss", "value", "entropy", "temperature"] as const;
const LEARNING_RATE = 3e-3;
const settings = { tau: 0.05, targetEntropy: -2 };

function batchOf(random: Random, rows: number, observationSize: number, actionSize: number): ReplayBatch {
  const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  return {
    observations: normals(rows * observationSize),
    actions: normals(rows * actionSize).map(Math.tanh),
    rewards: normals(rows),
    nextObservations: normals(rows * observationSize),
    discounts: Float32Array.from({ length: rows }, () => (random.uniform() < 0.8 ? 0.99 : 0)),
  };
}

describe("SacKernelLearner", () => {
  beforeAll(async () => {
    await selectBackendAsync("cpu");
  });

  it("takes the steps that Adam takes by PyTorch's gradients", async () => {
    const golden = readSacGolden();
    const { layout, batch: rows } = golden;
    const start = initialSacState(layout, { initialStd: 1, initialAlpha: 1, random: new Random(1) });
    const learner = await SacKernelLearner.createAsync({
      layout,
      state: {
        ...start,
        parameters: golden.parameters,
        temperature: { logAlpha: golden.logAlpha, mean: 0, square: 0 },
      },
      settings: { ...settings, targetEntropy: golden.targetEntropy },
      rows,
      random: new ScriptedRandom([...golden.nextNoise, ...golden.noise]),
    });
    const numbers = (values: readonly number[]) => Float32Array.from(values);
    const batch: ReplayBatch = {
      observations: numbers(golden.observations),
      actions: numbers(golden.actions),
      rewards: numbers(golden.rewards),
      nextObservations: numbers(golden.nextObservations),
      discounts: numbers(golden.discounts),
    };
    // A rate of 0: the critics that the actor looks at are those of the golden numbers.
    const update = await learner.updateAsync([batch], 0);
    expectClose([update.criticLoss], [golden.criticLoss], { relative: 1e-4 });
    expectClose([update.actorLoss], [golden.actorLoss], { relative: 1e-4 });
    const { adam, temperature } = await learner.stateAsync();
    // The mean of the gradient after one step is a tenth of it.
    const expected = [golden.actorGradients, ...golden.criticGradients]
      .flat()
      .flatMap(({ weights, bias }) => [...weights, ...bias].map((gradient) => 0.1 * gradient));
    expectClose([...adam.actor.mean, ...adam.critics.mean], expected, { relative: 1e-3, absolute: 1e-7 });
    expectClose([temperature.mean], [0.1 * golden.logAlphaGradient], { relative: 1e-4 });
  });

  it.each<[Activation, number]>([
    ["tanh", 1],
    ["relu", 3],
    ["swish", 2],
  ])("learns what tfjs learns: %s, %i actions", async (activation, actionSize) => {
    const layout = sacLayout({ observationSize: 4, actionSize, activation, hidden: [16, 12] });
    const state = initialSacState(layout, { initialStd: 0.4, initialAlpha: 0.3, random: new Random(2) });
    const rows = 24;
    const learners = [
      await SacKernelLearner.createAsync({ layout, state, settings, rows, random: new Random(3) }),
      new SacTensorLearner({ layout, state, settings, random: new Random(3) }),
    ];
    const results: { state: SacState; losses: readonly number[] }[] = [];
    for (const learner of learners) {
      const random = new Random(4);
      const losses: number[] = [];
      for (let k = 0; k < 10; k++) {
        const update = await learner.updateAsync([batchOf(random, rows, 4, actionSize)], LEARNING_RATE);
        losses.push(...LOSSES.map((name) => update[name]!));
      }
      results.push({ state: await learner.stateAsync(), losses });
      learner.dispose();
    }
    const [kernels, tensors] = results as [(typeof results)[0], (typeof results)[0]];
    expectClose(kernels.losses, tensors.losses, { relative: 2e-3, absolute: 2e-4 });
    expectClose(kernels.state.parameters, tensors.state.parameters, { relative: 1e-2, absolute: 2e-3 });
    expect(kernels.state.temperature.logAlpha).toBeCloseTo(tensors.state.temperature.logAlpha, 4);
    expect([kernels.state.adam.actor.step, kernels.state.adam.critics.step]).toEqual([10, 10]);
    // It has moved, and the targets have followed a part of the way.
    const moved = (from: number, to: number) =>
      Math.hypot(...kernels.state.parameters.slice(from, to).map((p, i) => p - state.parameters[from + i]!));
    const { actorSize, learntSize, size } = layout;
    expect(moved(0, actorSize)).toBeGreaterThan(0.05);
    const [critics, targets] = [moved(actorSize, learntSize), moved(learntSize, size)];
    expect(targets / critics).toBeGreaterThan(0.1);
    expect(targets / critics).toBeLessThan(0.5);
  });

  it("goes on from a state as if it had never stopped", async () => {
    const layout = sacLayout({ observationSize: 3, actionSize: 2, activation: "relu", hidden: [8] });
    const state = initialSacState(layout, { initialStd: 0.5, initialAlpha: 1, random: new Random(5) });
    const batches = [1, 2, 3, 4].map((seed) => batchOf(new Random(seed), 8, 3, 2));
    const noise = Array.from({ length: 200 }, (_, i) => Math.sin(37 * i));
    const through = await SacKernelLearner.createAsync({
      layout,
      state,
      settings,
      rows: 8,
      random: new ScriptedRandom(noise),
    });
    await through.updateAsync(batches, LEARNING_RATE);
    const first = await SacKernelLearner.createAsync({
      layout,
      state,
      settings,
      rows: 8,
      random: new ScriptedRandom(noise),
    });
    await first.updateAsync(batches.slice(0, 2), LEARNING_RATE);
    const second = await SacKernelLearner.createAsync({
      layout,
      state: await first.stateAsync(),
      settings,
      rows: 8,
      random: new ScriptedRandom(noise.slice(2 * 2 * 16)),
    });
    await second.updateAsync(batches.slice(2), LEARNING_RATE);
    expect(await second.stateAsync()).toEqual(await through.stateAsync());
    expect(await second.actorAsync()).toEqual((await through.stateAsync()).parameters.slice(0, layout.actorSize));
  });
});
