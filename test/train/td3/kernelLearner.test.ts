import { describe, expect, it } from "vitest";
import { Random } from "../../../src/random.js";
import type { ReplayBatch } from "../../../src/rollout/replayBuffer.js";
import {
  type ActorCriticLayout,
  actorCriticLayout,
  followLearnt,
  initialParameters,
} from "../../../src/train/offPolicy/layout.js";
import { freshAdam, type OffPolicyState } from "../../../src/train/offPolicy/learner.js";
import { Td3KernelLearner, type Td3Settings } from "../../../src/train/td3/kernelLearner.js";
import type { GoldenLayer } from "../../golden/ppoGolden.js";
import { readGolden } from "../../golden/readGolden.js";
import { expectClose } from "../../nn/close.js";
import { ScriptedRandom } from "../../support/scriptedRandom.js";

type Numbers = "observations" | "nextObservations" | "actions" | "rewards" | "discounts" | "noise";

/** What generate_td3.py writes. */
interface Td3Golden extends Readonly<Record<Numbers, number[]>> {
  readonly batch: number;
  readonly actionSize: number;
  readonly targetNoiseStd: number;
  readonly targetNoiseClip: number;
  readonly actor: readonly GoldenLayer[];
  readonly critics: readonly (readonly GoldenLayer[])[];
  readonly targetActor: readonly GoldenLayer[];
  readonly targets: readonly (readonly GoldenLayer[])[];
  readonly criticLoss: number;
  readonly actorLoss: number;
  readonly criticGradients: readonly (readonly GoldenLayer[])[];
  readonly actorGradients: readonly GoldenLayer[];
}

const flat = (layers: readonly GoldenLayer[]) => layers.flatMap(({ weights, bias }) => [...weights, ...bias]);
const numbers = (values: readonly number[]) => Float32Array.from(values);

function freshState(layout: ActorCriticLayout, parameters: Float32Array): OffPolicyState {
  const { actorSize, learntSize } = layout;
  return { parameters, adam: { actor: freshAdam(actorSize), critics: freshAdam(learntSize - actorSize) } };
}

describe("Td3KernelLearner", () => {
  it.each(["td3", "ddpg"])("takes the steps that Adam takes by PyTorch's gradients: %s", async (name) => {
    const golden = readGolden<Td3Golden>(name);
    const { actor, critics, targetActor, targets, batch: rows, targetNoiseStd, targetNoiseClip } = golden;
    const layout = actorCriticLayout(
      {
        observationSize: actor[0]!.inputs,
        actionSize: golden.actionSize,
        activation: "tanh",
        hidden: actor.slice(0, -1).map(({ outputs }) => outputs),
      },
      { headsPerAction: 1, critics: critics.length as 1 | 2, targetActor: true },
    );
    const learner = await Td3KernelLearner.createAsync({
      layout,
      state: freshState(layout, numbers([actor, ...critics, targetActor, ...targets].flatMap(flat))),
      settings: { tau: 0.1, policyDelay: 1, targetNoiseStd, targetNoiseClip },
      rows,
      random: new ScriptedRandom(golden.noise),
    });
    const batch: ReplayBatch = {
      observations: numbers(golden.observations),
      actions: numbers(golden.actions),
      rewards: numbers(golden.rewards),
      nextObservations: numbers(golden.nextObservations),
      discounts: numbers(golden.discounts),
    };
    // A rate of 0: the critic that the actor looks at is that of the golden numbers.
    const update = await learner.updateAsync([batch], 0);
    expectClose([update.criticLoss], [golden.criticLoss], { relative: 1e-4 });
    expectClose([update.actorLoss], [golden.actorLoss], { relative: 1e-4 });
    // The mean of the gradient after one step is a tenth of it.
    const { adam } = await learner.stateAsync();
    const tenth = (layers: readonly GoldenLayer[]) => flat(layers).map((gradient) => 0.1 * gradient);
    expectClose(adam.actor.mean, tenth(golden.actorGradients), { relative: 1e-3, absolute: 1e-7 });
    expectClose(adam.critics.mean, golden.criticGradients.flatMap(tenth), { relative: 1e-3, absolute: 1e-7 });
  });

  it("moves actor and targets in every d-th update only, and goes on from a state", async () => {
    const layout = actorCriticLayout(
      { observationSize: 3, actionSize: 1, activation: "relu", hidden: [8] },
      { headsPerAction: 1, critics: 2, targetActor: true },
    );
    const settings: Td3Settings = { tau: 0.5, policyDelay: 2, targetNoiseStd: 0, targetNoiseClip: 0 };
    const start = initialParameters(layout, new Random(1));
    const create = (state: OffPolicyState) =>
      Td3KernelLearner.createAsync({ layout, state, settings, rows: 4, random: new Random(1) });
    const random = new Random(2);
    const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());
    const batches = Array.from({ length: 4 }, () => ({
      observations: normals(12),
      actions: normals(4).map(Math.tanh),
      rewards: normals(4),
      nextObservations: normals(12),
      discounts: new Float32Array(4).fill(0.9),
    }));
    const learner = await create(freshState(layout, start));
    await learner.updateAsync(batches.slice(0, 1), 0.01);
    const once = await learner.stateAsync();
    const { actorSize, learntSize, size } = layout;
    expect(once.parameters.slice(0, actorSize)).toEqual(start.slice(0, actorSize));
    expect(once.parameters.slice(actorSize, learntSize)).not.toEqual(start.slice(actorSize, learntSize));
    expect(once.parameters.slice(learntSize)).toEqual(start.slice(learntSize));
    const resumed = await create(once);
    await learner.updateAsync(batches.slice(1), 0.01);
    await resumed.updateAsync(batches.slice(1), 0.01);
    const state = await learner.stateAsync();
    expect(await resumed.stateAsync()).toEqual(state);
    expect([state.adam.actor.step, state.adam.critics.step]).toEqual([2, 4]);
    expect(state.parameters.slice(learntSize, size)).not.toEqual(start.slice(learntSize));
  });
});

it("targets go τ of the way to what they follow", () => {
  const layout = actorCriticLayout(
    { observationSize: 1, actionSize: 1, activation: "relu", hidden: [] },
    { headsPerAction: 1, critics: 1, targetActor: true },
  );
  // Actor: weight, bias; critic: two weights, bias; then the targets of both.
  const parameters = Float32Array.of(1, 2, 3, 4, 5, 0, 0, 0, 0, 10);
  followLearnt(layout, parameters, 0.25);
  expect([...parameters]).toEqual([1, 2, 3, 4, 5, 0.25, 0.5, 0.75, 1, 8.75]);
  const sac = actorCriticLayout(
    { observationSize: 1, actionSize: 1, activation: "relu", hidden: [] },
    { headsPerAction: 2, critics: 1, targetActor: false },
  );
  // Actor: 2 weights, 2 biases; critic: 3; its target: 3.
  const others = Float32Array.of(9, 9, 9, 9, 1, 2, 3, 3, 2, 1);
  followLearnt(sac, others, 0.5);
  expect([...others]).toEqual([9, 9, 9, 9, 1, 2, 3, 2, 2, 2]);
});
