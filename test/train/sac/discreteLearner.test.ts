import { describe, expect, it } from "vitest";
import { Random } from "../../../src/random.js";
import type { ReplayBatch } from "../../../src/rollout/replayBuffer.js";
import { DiscreteSacLearner, type DiscreteSacLearnerOptions } from "../../../src/train/sac/discreteLearner.js";
import { initialSacState, sacLayout } from "../../../src/train/sac/state.js";
import { readSacDiscreteGolden } from "../../golden/sacDiscreteGolden.js";
import { expectClose } from "../../nn/close.js";

const ROWS = 8;
const LEARNING_RATE = 3e-3;
const layout = sacLayout({ observationSize: 3, actionSize: 2, discrete: [3, 2], activation: "relu", hidden: [8] });
const state = initialSacState(layout, { initialStd: 1, initialAlpha: 0.5, random: new Random(5) });

function learnerOf(changes: Partial<DiscreteSacLearnerOptions> = {}): Promise<DiscreteSacLearner> {
  const settings = { tau: 0.05, targetEntropy: null };
  return DiscreteSacLearner.createAsync({ layout, state, settings, rows: ROWS, ...changes });
}

function batchOf(seed: number): ReplayBatch {
  const random = new Random(seed);
  const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());
  const ones = () => new Float32Array(ROWS * 5).fill(1);
  return {
    observations: normals(ROWS * 3),
    actions: Float32Array.from({ length: ROWS * 2 }, (_, i) => random.integer(i % 2 === 0 ? 3 : 2)),
    rewards: normals(ROWS),
    nextObservations: normals(ROWS * 3),
    discounts: new Float32Array(ROWS).fill(0.9),
    masks: { before: ones(), after: ones() },
  };
}

describe("DiscreteSacLearner", () => {
  it("takes the steps that Adam takes by PyTorch's gradients", async () => {
    const golden = readSacDiscreteGolden();
    const settings = { tau: 0.05, targetEntropy: golden.targetEntropy };
    const learner = await learnerOf({ ...golden, settings });
    // A rate of 0: the critics that the actor looks at are those of the golden numbers.
    const update = await learner.updateAsync([golden.batch], 0);
    expectClose([update.criticLoss], [golden.criticLoss], { relative: 1e-5 });
    expectClose([update.actorLoss], [golden.actorLoss], { relative: 1e-5 });
    expectClose([update.entropy!], [golden.entropy], { relative: 1e-5 });
    const { adam, temperature } = await learner.stateAsync();
    // The mean of the gradient after one step is a tenth of it.
    const tenth = (gradient: readonly number[]) => gradient.map((value) => 0.1 * value);
    expectClose(adam.actor.mean, tenth(golden.actorGradient), { relative: 1e-4, absolute: 1e-7 });
    expectClose(adam.critics.mean, tenth(golden.criticGradient), { relative: 1e-4, absolute: 1e-7 });
    expectClose([temperature.mean], [0.1 * golden.logAlphaGradient], { relative: 1e-5 });
  });

  it("lets the targets follow the critics by τ", async () => {
    const learner = await learnerOf();
    await learner.updateAsync([batchOf(1)], LEARNING_RATE);
    const { parameters } = await learner.stateAsync();
    const { actorSize, learntSize, size } = layout;
    const learnt = parameters.slice(actorSize, learntSize);
    const before = state.parameters.slice(learntSize, size);
    expect(learnt).not.toEqual(state.parameters.slice(actorSize, learntSize));
    expectClose(
      parameters.slice(learntSize, size),
      before.map((value, i) => value + 0.05 * (learnt[i]! - value)),
      { absolute: 1e-6 },
    );
  });

  it("aims at a share of the entropy that the masks leave", async () => {
    const gradientOf = async (before: Float32Array) => {
      const learner = await learnerOf();
      const batch = { ...batchOf(1), masks: { before, after: new Float32Array(ROWS * 5).fill(1) } };
      const { entropy } = await learner.updateAsync([batch], 0);
      const { temperature } = await learner.stateAsync();
      return { entropy: entropy!, target: entropy! - 10 * temperature.mean };
    };
    const repeated = (row: readonly number[]) => Float32Array.from({ length: ROWS * 5 }, (_, i) => row[i % 5]!);
    // ln 3 + ln 2 of all options, ln 2 where one of each branch is forbidden
    expect((await gradientOf(repeated([1, 1, 1, 1, 1]))).target).toBeCloseTo(0.2 * Math.log(6), 6);
    const masked = await gradientOf(repeated([1, 0, 1, 0, 1]));
    expect(masked.target).toBeCloseTo(0.2 * Math.log(2), 6);
    expect(masked.entropy).toBeLessThanOrEqual(Math.log(2) + 1e-6);
  });

  it("does not look at what critics say of forbidden options", async () => {
    const batch = batchOf(1);
    const { before, after } = batch.masks!;
    batch.actions.fill(0);
    for (let row = 0; row < ROWS; row++) for (const mask of [before, after]) mask[row * 5 + 2] = 0;
    const learn = async (bias: number) => {
      const parameters = state.parameters.slice();
      for (const critic of [...layout.critics, ...layout.targetCritics]) parameters[critic.at(-1)!.bias + 2] = bias;
      const learner = await learnerOf({ state: { ...state, parameters } });
      return learner.updateAsync([batch], LEARNING_RATE);
    };
    expect(await learn(1e6)).toEqual(await learn(0));
  });

  it("goes on from a state as if it had never stopped", async () => {
    const batches = [1, 2, 3, 4].map(batchOf);
    const through = await learnerOf();
    await through.updateAsync(batches, LEARNING_RATE);
    const first = await learnerOf();
    await first.updateAsync(batches.slice(0, 2), LEARNING_RATE);
    const second = await learnerOf({ state: await first.stateAsync() });
    await second.updateAsync(batches.slice(2), LEARNING_RATE);
    expect(await second.stateAsync()).toEqual(await through.stateAsync());
    expect(await second.actorAsync()).toEqual((await through.stateAsync()).parameters.slice(0, layout.actorSize));
  });
});
