import { describe, expect, it } from "vitest";
import { MlpPolicy } from "../../../src/policy/mlpPolicy.js";
import { Random } from "../../../src/random.js";
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "../../../src/train/checkpoint.js";
import type { OffPolicyTrainer } from "../../../src/train/offPolicy/trainer.js";
import { identityBox } from "../../support/envs/identity.js";
import { pendulum } from "../../support/envs/pendulum.js";
import { SimpleEnv } from "../../support/envs/simpleEnv.js";
import { startOffPolicyTrainerAsync } from "../../support/offPolicyTrainer.js";

const QUICK = { batch_size: 64, learning_rate: 3e-3, buffer_init_steps: 100 };

async function trainAsync(trainer: OffPolicyTrainer, steps: number) {
  while (trainer.steps < steps) await trainer.iterateAsync();
}

function updates({ meta }: Checkpoint): number {
  return (meta.state as { adamSteps: { critics: number } }).adamSteps.critics;
}

/** Mean return of the policy without exploration. */
async function evaluateAsync(trainer: OffPolicyTrainer, env: SimpleEnv, episodes: number): Promise<number> {
  const policy = new MlpPolicy(await trainer.networkAsync());
  const actions = new Float32Array(env.count * env.actionSpec.continuous);
  const returns: number[] = [];
  env.reset();
  while (returns.length < episodes) {
    policy.act(env.observations, actions, env.count);
    env.step(actions);
    returns.push(...env.drainEpisodes().map((episode) => episode.return));
  }
  return returns.reduce((sum, value) => sum + value, 0) / returns.length;
}

describe("OffPolicyTrainer", () => {
  it.each(["sac", "td3", "ddpg"] as const)(
    "learns Stable-Baselines3's identity environment in their 400 steps: %s",
    async (name) => {
      const task = identityBox(0.5);
      const trainer = await startOffPolicyTrainerAsync({
        env: new SimpleEnv(task, 1, 1),
        trainer: name,
        hyperparameters: QUICK,
        gamma: 0.5,
      });
      await trainAsync(trainer, 400);
      expect(await evaluateAsync(trainer, new SimpleEnv(task, 1, 2), 20)).toBeGreaterThan(90);
      trainer.dispose();
    },
  );

  it("does the same for the same seed, and something else for another", async () => {
    const networks = await Promise.all(
      [1, 1, 2].map(async (seed) => {
        const env = new SimpleEnv(pendulum, 2, seed);
        const trainer = await startOffPolicyTrainerAsync({ env, seed, hyperparameters: QUICK, legwork: { n_step: 3 } });
        await trainAsync(trainer, 200);
        return trainer.networkAsync();
      }),
    );
    expect(networks[1]).toEqual(networks[0]);
    expect(networks[2]).not.toEqual(networks[0]);
  });

  it("makes one update for so many steps, after the first random ones", async () => {
    const trainer = await startOffPolicyTrainerAsync({
      env: new SimpleEnv(pendulum, 2, 1),
      steps: 5,
      hyperparameters: { ...QUICK, buffer_init_steps: 40, steps_per_update: 4 },
    });
    await trainAsync(trainer, 30);
    const before = await trainer.checkpointAsync();
    expect(updates(before)).toBe(0);
    await trainAsync(trainer, 40);
    // From the 40th step on 10 steps are collected at a time: 2.5 updates, of which halves wait.
    await trainAsync(trainer, 70);
    expect(updates(await trainer.checkpointAsync())).toBe(10);
  });

  it("goes on from a checkpoint, and starts others from its networks", async () => {
    const options = { hyperparameters: QUICK, network: { normalize: true, hidden_units: 8 } };
    const start = (seed: number) =>
      startOffPolicyTrainerAsync({ ...options, env: new SimpleEnv(pendulum, 2, seed), seed });
    const trainer = await start(1);
    await trainAsync(trainer, 160);
    const checkpoint = decodeCheckpoint(encodeCheckpoint(await trainer.checkpointAsync()), "memory");
    const resumed = await start(5);
    resumed.restore(checkpoint);
    expect(resumed.steps).toBe(160);
    expect(await resumed.networkAsync()).toEqual(await trainer.networkAsync());
    expect(await resumed.checkpointAsync()).toEqual(await trainer.checkpointAsync());
    await resumed.iterateAsync();
    const other = await start(6);
    other.initializeFrom(checkpoint);
    expect(other.steps).toBe(0);
    expect(await other.networkAsync()).toEqual(await trainer.networkAsync());
    const wider = await startOffPolicyTrainerAsync({
      ...options,
      network: { normalize: true },
      env: new SimpleEnv(pendulum, 1, 1),
    });
    expect(() => wider.restore(checkpoint)).toThrow('"actor.0.weight" is [3, 8], here it must be [3, 64]');
    expect(() => wider.restore({ ...checkpoint, meta: { ...checkpoint.meta, trainer: "ppo" } })).toThrow(
      'The checkpoint is of trainer "ppo", here it must be of "sac".',
    );
  });

  it("hands out what it has seen last, and a policy that samples as it explores", async () => {
    const env = new SimpleEnv(pendulum, 2, 1);
    const trainer = await startOffPolicyTrainerAsync({ env, hyperparameters: QUICK });
    await trainAsync(trainer, 120);
    const recent = await trainer.recentObservationsAsync(10);
    expect(recent.length).toBe(30);
    for (let i = 0; i < 30; i += 3) expect(Math.hypot(recent[i]!, recent[i + 1]!)).toBeCloseTo(1, 5);
    const network = await trainer.networkAsync();
    expect(network.squash).toBe("tanh");
    const actions = new Float32Array(10);
    new MlpPolicy(network, new Random(1)).act(recent, actions, 10);
    expect(actions.every((action) => Math.abs(action) < 1)).toBe(true);
    expect(new Set(actions).size).toBe(10);
  });
});
