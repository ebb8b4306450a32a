import { describe, expect, it } from "vitest";
import { runEpisodesAsync } from "../../../src/env/evaluate.js";
import { MlpPolicy } from "../../../src/policy/mlpPolicy.js";
import { Random } from "../../../src/random.js";
import type { OnPolicyConfig } from "../../../src/train/config/trainerConfig.js";
import { criticValues } from "../../support/critic.js";
import { identityBox, identityDiscrete } from "../../support/envs/identity.js";
import {
  chosenReward,
  constantReward,
  delayedReward,
  matchedReward,
  observedReward,
  STEADY_STEPS,
  steadyReward,
} from "../../support/envs/probes.js";
import { SimpleEnv, type SimpleTask } from "../../support/envs/simpleEnv.js";
import { startInlineTrainerAsync } from "../../support/inlineTrainer.js";
import { expectNear } from "../../support/near.js";
import { onPolicyConfig, ppoConfig } from "../../support/ppoConfig.js";

const GAMMA = 0.8;
const AGENTS = 8;

interface Probe {
  readonly hyperparameters: object;
  /** How many times as long as PPO it learns. */
  readonly patience: number;
  /** How exact its values become. */
  readonly tolerance: number;
}

const PPO = { batch_size: 64, buffer_size: 64, learning_rate: 0.03, num_epoch: 6, beta: 0 };
const NATURAL = { batch_size: 64, buffer_size: 64, learning_rate: 0.01, num_epoch: 20, cg_damping: 0.01 };

/** A critic that judges actions as well has values of another kind. */
type WithValues = Exclude<OnPolicyConfig["trainerType"], "q-actor-critic">;

/** A network of one small layer learns these fast; where the learning rate falls to 0, it settles. */
const PROBES: Readonly<Record<WithValues, Probe>> = {
  ppo: { hyperparameters: { ...PPO, epsilon_schedule: "constant" }, patience: 1, tolerance: 0.01 },
  "ppo-kl": { hyperparameters: PPO, patience: 1, tolerance: 0.01 },
  a2c: { hyperparameters: { buffer_size: 64, learning_rate: 0.03, lambd: 0.95 }, patience: 5, tolerance: 0.01 },
  a3c: { hyperparameters: { buffer_size: 64, learning_rate: 0.01, lambd: 0.95 }, patience: 5, tolerance: 0.01 },
  reinforce: {
    hyperparameters: { buffer_size: 64, learning_rate: 0.03, learning_rate_schedule: "linear" },
    patience: 5,
    tolerance: 0.01,
  },
  trpo: { hyperparameters: { ...NATURAL, kl_target: 0.05 }, patience: 1, tolerance: 0.05 },
  tnpg: { hyperparameters: { ...NATURAL, kl_target: 0.05 }, patience: 1, tolerance: 0.05 },
  npg: { hyperparameters: { ...NATURAL, step_size: 0.5 }, patience: 1, tolerance: 0.05 },
};
const Q_ACTOR_CRITIC: Probe = {
  hyperparameters: { buffer_size: 64, learning_rate: 0.03 },
  patience: 5,
  tolerance: 0.05,
};
const TRAINERS = Object.keys(PROBES) as WithValues[];

/** What an algorithm has learnt of a task that PPO learns in so many steps. */
async function learnTaskAsync(trainerType: OnPolicyConfig["trainerType"], task: SimpleTask, steps: number) {
  const { hyperparameters, patience } = trainerType === "q-actor-critic" ? Q_ACTOR_CRITIC : PROBES[trainerType];
  const maxSteps = steps * patience;
  const config = onPolicyConfig({
    trainer_type: trainerType,
    max_steps: maxSteps,
    hyperparameters,
    network_settings: { hidden_units: 16, num_layers: 1 },
    reward_signals: { extrinsic: { gamma: GAMMA } },
    legwork: { activation: "tanh", normalize_returns: false },
  });
  const env = new SimpleEnv(task, AGENTS, 1);
  const trainer = await startInlineTrainerAsync({ env, config, random: new Random(2) });
  while (trainer.steps < maxSteps) await trainer.iterateAsync();
  const policy = new MlpPolicy(await trainer.networkAsync());
  return {
    /** V(s) of each observation. */
    values: (observations: number[][]) => criticValues(trainer, observations),
    /** Probability of the second of two actions. */
    probability: (observation: number) => {
      const [first, second] = policy.forward(new Float32Array([observation]), 1);
      return 1 / (1 + Math.exp(first! - second!));
    },
    dispose: () => trainer.dispose(),
  };
}

describe.each(TRAINERS)("%s on probes", (trainerType) => {
  const { tolerance } = PROBES[trainerType];
  const learnAsync = (task: SimpleTask, steps: number) => learnTaskAsync(trainerType, task, steps);

  it("learns the value of a constant reward", async () => {
    const learnt = await learnAsync(constantReward, 2_000);
    expectNear(learnt.values([[0]]), [1], tolerance);
    learnt.dispose();
  });

  it("learns a value that depends on the observation", async () => {
    const learnt = await learnAsync(observedReward, 2_000);
    expectNear(learnt.values([[-1], [1]]), [-1, 1], tolerance);
    learnt.dispose();
  });

  it("discounts a delayed reward", async () => {
    const learnt = await learnAsync(delayedReward, 2_000);
    expectNear(learnt.values([[0], [1]]), [GAMMA, 1], tolerance);
    learnt.dispose();
  });

  it("finds the better of two actions, and that its value is that of the better one", async () => {
    const learnt = await learnAsync(chosenReward, 2_000);
    expect(learnt.probability(0)).toBeGreaterThan(0.97);
    expectNear(learnt.values([[0]]), [1], tolerance);
    learnt.dispose();
  });

  it("finds the better action in each of two states", async () => {
    const learnt = await learnAsync(matchedReward, 2_000);
    expect(learnt.probability(1)).toBeGreaterThan(0.97);
    expect(learnt.probability(-1)).toBeLessThan(0.03);
    expectNear(learnt.values([[-1], [1]]), [1, 1], tolerance);
    learnt.dispose();
  });
});

describe("q-actor-critic on probes", () => {
  const pairs = (observations: number[]) =>
    observations.flatMap((observation) => [0, 1].map((action) => [observation, action === 0 ? 1 : 0, action]));

  it("values both actions, and takes the better one", async () => {
    const learnt = await learnTaskAsync("q-actor-critic", chosenReward, 2_000);
    expect(learnt.probability(0)).toBeGreaterThan(0.97);
    expectNear(learnt.values(pairs([0]).slice(1)), [1], Q_ACTOR_CRITIC.tolerance);
    learnt.dispose();
  });

  it("finds the better action in each of two states", async () => {
    const learnt = await learnTaskAsync("q-actor-critic", matchedReward, 2_000);
    expect(learnt.probability(1)).toBeGreaterThan(0.97);
    expect(learnt.probability(-1)).toBeLessThan(0.03);
    learnt.dispose();
  });

  it("discounts a delayed reward", async () => {
    const learnt = await learnTaskAsync("q-actor-critic", delayedReward, 2_000);
    // Of the action that it takes more often: nothing is heard of the other one.
    const action = learnt.probability(0) > 0.5 ? 1 : 0;
    expectNear([learnt.values(pairs([0]))[action]!], [GAMMA], Q_ACTOR_CRITIC.tolerance);
    learnt.dispose();
  });
});

describe("the same four rewards", () => {
  // One row for each step of the episode; the fourth stands for all later ones too.
  const steps = Array.from({ length: STEADY_STEPS }, (_, step) =>
    Array.from({ length: STEADY_STEPS }, (_, i) => (i === step ? 1 : 0)),
  );

  it("go on for ever where the episode is only truncated", async () => {
    const learnt = await learnTaskAsync("ppo", steadyReward("truncated"), 3_000);
    const forever = 1 / (1 - GAMMA);
    expectNear(learnt.values(steps), [GAMMA * forever, forever, forever, forever], 0.01);
    learnt.dispose();
  });

  it("are all there is where the episode is terminated", async () => {
    const learnt = await learnTaskAsync("ppo", steadyReward("terminated"), 3_000);
    // 0.8 + 0.64 + 0.512, 1 + 0.8 + 0.64, 1 + 0.8, 1
    expectNear(learnt.values(steps), [1.952, 2.44, 1.8, 1], 0.01);
    learnt.dispose();
  });
});

describe("PPO on the identity environments of Stable-Baselines3", () => {
  it.each([
    { name: "one branch of 4", task: identityDiscrete(4), gamma: 0.4 },
    { name: "two branches of 4", task: identityDiscrete(4, 2), gamma: 0.4 },
    { name: "a box", task: identityBox(0.5), gamma: 0.95 },
  ])("repeats what it sees after 2,000 steps: $name", async ({ task, gamma }) => {
    const config = ppoConfig({
      max_steps: 2_000,
      hyperparameters: { batch_size: 100, buffer_size: 500, learning_rate: 0.01, num_epoch: 6, beta: 0 },
      network_settings: { hidden_units: 32, num_layers: 1 },
      reward_signals: { extrinsic: { gamma } },
      legwork: { activation: "tanh", normalize_returns: false },
    });
    const trainer = await startInlineTrainerAsync({ env: new SimpleEnv(task, 10, 1), config, random: new Random(2) });
    while (trainer.steps < config.maxSteps) await trainer.iterateAsync();
    const policy = new MlpPolicy(await trainer.networkAsync());
    const episodes = await runEpisodesAsync(new SimpleEnv(task, 20, 3), policy);
    const returns = episodes.map((episode) => episode.return);
    expect(returns.reduce((sum, value) => sum + value, 0) / returns.length).toBeGreaterThan(90);
    trainer.dispose();
  });
});
