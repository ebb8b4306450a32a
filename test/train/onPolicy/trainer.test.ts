import { describe, expect, it } from "vitest";
import type { LayerPlace } from "../../../src/nn/layerPlaces.js";

import { MlpPolicy } from "../../../src/policy/mlpPolicy.js";
import { Random } from "../../../src/random.js";
import { TAGS } from "../../../src/train/log/metrics.js";
import { logStdOf } from "../../../src/train/onPolicy/layout.js";
import type { OnPolicyTrainer } from "../../../src/train/onPolicy/trainer.js";
import { TrainingDivergedError } from "../../../src/train/trainer.js";
import { expectClose } from "../../nn/close.js";
import { criticValues } from "../../support/critic.js";
import { DRILL_ROWS, drillTrainer, startDrillTrainerAsync } from "../../support/drillTrainer.js";
import { drill } from "../../support/envs/drill.js";
import { STEADY_STEPS, steadyReward } from "../../support/envs/probes.js";
import { SimpleEnv, type SimpleTask } from "../../support/envs/simpleEnv.js";
import { startInlineTrainerAsync } from "../../support/inlineTrainer.js";
import { ppoConfig } from "../../support/ppoConfig.js";

async function metricsAsync(trainer: OnPolicyTrainer, iterations: number) {
  await trainer.startAsync();
  const metrics: Readonly<Record<string, number>>[] = [];
  for (let i = 0; i < iterations; i++) metrics.push((await trainer.iterateAsync()).metrics);
  trainer.dispose();
  return metrics;
}

/** What the first iteration reports, with one epoch that changes nothing to speak of. */
async function firstLookAsync(task: SimpleTask, timeHorizon: number, bufferSize: number, legwork: object = {}) {
  const gamma = 0.5;
  const config = ppoConfig({
    hyperparameters: { batch_size: bufferSize, buffer_size: bufferSize, learning_rate: 1e-30, num_epoch: 1, lambd: 1 },
    network_settings: { hidden_units: 8, num_layers: 1 },
    reward_signals: { extrinsic: { gamma } },
    time_horizon: timeHorizon,
    legwork: { activation: "tanh", normalize_returns: false, ...legwork },
  });
  const trainer = await startInlineTrainerAsync({ env: new SimpleEnv(task, 1, 1), config, random: new Random(3) });
  const { metrics } = await trainer.iterateAsync();
  const rows = Array.from({ length: STEADY_STEPS }, (_, i) =>
    Array.from({ length: STEADY_STEPS }, (_, j) => (i === j ? 1 : 0)),
  );
  const values = criticValues(trainer, rows);
  trainer.dispose();
  return {
    loss: metrics[TAGS.valueLoss]!,
    policyLoss: metrics[TAGS.policyLoss]!,
    values: values as [number, number, number, number],
  };
}

/** ½ mean (R − V)² */
function valueLoss(returns: number[], values: number[]): number {
  return returns.reduce((sum, value, i) => sum + (value - values[i]!) ** 2, 0) / (2 * returns.length);
}

describe("OnPolicyTrainer", () => {
  it("is the same for the same seed, and not for another", async () => {
    const first = await metricsAsync(drillTrainer({ seed: 1 }), 4);
    expect(await metricsAsync(drillTrainer({ seed: 1 }), 4)).toEqual(first);
    expect((await metricsAsync(drillTrainer({ seed: 2 }), 4))[0]).not.toEqual(first[0]);
  });

  it("counts steps over all agents, in whole steps of all of them, and gives the episodes that ended", async () => {
    // 50 rows are 12.5 steps of 4 agents, so 13, in which each agent ends three episodes of 4 steps.
    const trainer = await startDrillTrainerAsync({ hyperparameters: { buffer_size: 50 } });
    const { episodes } = await trainer.iterateAsync();
    expect(trainer.steps).toBe(52);
    expect(episodes.map(({ agent, length }) => [agent, length])).toEqual(
      [0, 1, 2].flatMap(() => [0, 1, 2, 3].map((agent) => [agent, 4])),
    );
    await trainer.iterateAsync();
    expect(trainer.steps).toBe(104);
    expect((await trainer.recentObservationsAsync(1_000)).length).toBe(52);
    expect((await trainer.recentObservationsAsync(7)).length).toBe(7);
    trainer.dispose();
  });

  it("normalises by what it has seen before this rollout, and puts that into the policy", async () => {
    const trainer = await startDrillTrainerAsync();
    const before = await trainer.networkAsync();
    expectClose(before.normalizer!.mean, [0]);
    expectClose(before.normalizer!.std, [1]);
    await trainer.iterateAsync();
    const after = await trainer.networkAsync();
    // Steps 0, 1, 2, 3 equally often: mean 1.5, variance (2.25 + 0.25) / 2
    expectClose(after.normalizer!.mean, [1.5]);
    expectClose(after.normalizer!.std, [Math.sqrt(1.25)]);
    // The next rollout is seen through it, and counts as it was before that.
    await trainer.iterateAsync();
    expectClose((await trainer.networkAsync()).normalizer!.std, [Math.sqrt(1.25)]);
    expect([...(await trainer.recentObservationsAsync(8))]).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    expect(drillTrainer({ network: { normalize: false } }).normalizer).toBeNull();
    trainer.dispose();
  });

  it("gives a policy that acts as the actor of the trainer", async () => {
    const trainer = await startDrillTrainerAsync();
    await trainer.iterateAsync();
    const network = await trainer.networkAsync();
    // By hand: the steps 0 to 3 have mean 1.5 and deviation √1.25.
    const [hidden, output] = trainer.layout.actor as [LayerPlace, LayerPlace];
    const { parameters } = trainer.state;
    const head = [0, 1, 2, 3].flatMap((step) => {
      const x = (step - 1.5) / Math.sqrt(1.25);
      const h = Array.from({ length: hidden.outputs }, (_, i) =>
        Math.tanh(x * parameters[hidden.weights + i]! + parameters[hidden.bias + i]!),
      );
      return Array.from({ length: output.outputs }, (_, j) =>
        h.reduce(
          (sum, y, i) => sum + y * parameters[output.weights + i * output.outputs + j]!,
          parameters[output.bias + j]!,
        ),
      );
    });
    expectClose(new MlpPolicy(network).forward(Float32Array.from([0, 1, 2, 3]), 4), head);
    expectClose(network.logStd, logStdOf(trainer.layout, parameters));
    trainer.dispose();
  });

  it("starts with the standard deviation that was asked for, and without one for discrete actions", async () => {
    const trainer = await startDrillTrainerAsync({ legwork: { initial_std: 0.5 } });
    expectClose((await trainer.networkAsync()).logStd, [Math.log(0.5)]);
    trainer.dispose();
    const discrete = await startDrillTrainerAsync({ task: steadyReward("truncated") });
    await discrete.iterateAsync();
    expect((await discrete.networkAsync()).logStd.length).toBe(0);
    discrete.dispose();
  });

  it("stops the passes over the buffer once the policy has moved by target_kl", async () => {
    const epochs = async (legwork: object) =>
      (await metricsAsync(drillTrainer({ legwork, hyperparameters: { num_epoch: 5 } }), 1))[0]!["Policy/Epochs"];
    expect(await epochs({})).toBe(5);
    expect(await epochs({ target_kl: 1e-12 })).toBe(1);
    expect(await epochs({ target_kl: 1e12 })).toBe(5);
  });

  it("lets learning rate, clip range and entropy bonus fall over max_steps, or leaves them", async () => {
    const tags = [TAGS.learningRate, "Policy/Epsilon", "Policy/Beta"] as const;
    const values = async (kind: string) => {
      const hyperparameters = {
        learning_rate: 0.01,
        epsilon: 0.3,
        beta: 0.02,
        learning_rate_schedule: kind,
        epsilon_schedule: kind,
        beta_schedule: kind,
      };
      const metrics = await metricsAsync(drillTrainer({ maxSteps: 2 * DRILL_ROWS, hyperparameters }), 3);
      return metrics.flatMap((record) => tags.map((tag) => record[tag]!));
    };
    expectClose(await values("constant"), [0.01, 0.3, 0.02, 0.01, 0.3, 0.02, 0.01, 0.3, 0.02]);
    // At 0, half and all of max_steps, down to 1e-10, 0.1 and 1e-5.
    expectClose(await values("linear"), [0.01, 0.3, 0.02, 0.005, 0.2, 0.010005, 1e-10, 0.1, 1e-5], { absolute: 1e-12 });
  });

  it("learns at the scheduled rate", async () => {
    const trainer = await startDrillTrainerAsync({ maxSteps: DRILL_ROWS });
    const weights = async () => (await trainer.networkAsync()).layers[0]!.weights;
    const start = await weights();
    await trainer.iterateAsync();
    const moved = await weights();
    expect(moved).not.toEqual(start);
    await trainer.iterateAsync(); // at max_steps, where the rate is 1e-10
    expectClose(await weights(), moved, { absolute: 1e-7, relative: 0 });
    trainer.dispose();
  });

  it("bootstraps from the final observation of a truncated episode, and from the end of the rollout", async () => {
    const { loss, values } = await firstLookAsync(steadyReward("truncated"), 64, STEADY_STEPS + 2);
    const last = values[3];
    // γ = ½, rewards 0 1 1 1 | 0 1. The final observation looks like the fourth; after the rollout comes the third.
    const returns = [0 + 0.5 + 0.25 + 0.125 + last / 16, 1 + 0.5 + 0.25 + last / 8, 1 + 0.5 + last / 4, 1 + last / 2];
    const next = [0 + 0.5 + values[2] / 4, 1 + values[2] / 2];
    expect(loss).toBeCloseTo(valueLoss([...returns, ...next], [...values, values[0], values[1]]), 5);
  });

  it("takes nothing after a terminated episode", async () => {
    const { loss, values } = await firstLookAsync(steadyReward("terminated"), 64, STEADY_STEPS);
    expect(loss).toBeCloseTo(valueLoss([0.875, 1.75, 1.5, 1], values), 5);
  });

  it("normalises the advantages of a batch unless it is told not to", async () => {
    // As the policy is still that of the rollout, its loss is −mean A: 0 when the mean is taken off.
    const task = steadyReward("terminated");
    expect((await firstLookAsync(task, 64, STEADY_STEPS)).policyLoss).toBeCloseTo(0, 6);
    const { policyLoss, values } = await firstLookAsync(task, 64, STEADY_STEPS, { normalize_advantages: false });
    const sum = values.reduce((total, value) => total + value, 0);
    expect(policyLoss).toBeCloseTo(-(0.875 + 1.75 + 1.5 + 1 - sum) / 4, 5);
  });

  it("cuts trajectories at time_horizon", async () => {
    const { loss, values } = await firstLookAsync(steadyReward("truncated"), 2, STEADY_STEPS);
    const returns = [0 + 0.5 + values[2] / 4, 1 + values[2] / 2, 1 + 0.5 + values[3] / 4, 1 + values[3] / 2];
    expect(loss).toBeCloseTo(valueLoss(returns, values), 5);
  });

  it.each([
    { what: "reward", activation: "tanh", network: { normalize: true } },
    { what: "reward", activation: "relu", network: { normalize: false } },
    { what: "observation", activation: "tanh", network: { normalize: true } },
    { what: "observation", activation: "relu", network: { normalize: false } },
    { what: "observation", activation: "relu", network: { normalize: true } },
    { what: "observation", activation: "elu", network: { normalize: true } },
    { what: "observation", activation: "swish", network: { normalize: true } },
  ])("says that it diverged when one $what is not a number ($activation)", async ({ what, activation, network }) => {
    let steps = 0;
    const bad = () => steps > DRILL_ROWS + 20;
    const task: SimpleTask = {
      ...drill,
      step: (state, action, random) => {
        steps++;
        const { reward, terminated } = drill.step(state, action, random);
        return { reward: what === "reward" && bad() ? Number.NaN : reward, terminated };
      },
      observe: (state, out) => {
        drill.observe(state, out);
        if (what === "observation" && bad()) out[0] = Number.NaN;
      },
    };
    const trainer = await startDrillTrainerAsync({ task, network, legwork: { activation } });
    await trainer.iterateAsync();
    await expect(trainer.iterateAsync()).rejects.toThrow(TrainingDivergedError);
    trainer.dispose();
  });
});
