import { expect, it, onTestFinished } from "vitest";
import { Random } from "../../../src/random.js";
import { a3cTrainer } from "../../support/a3cTrainer.js";
import { criticValues } from "../../support/critic.js";
import { delayedReward } from "../../support/envs/probes.js";
import { SimpleEnv } from "../../support/envs/simpleEnv.js";
import { expectNear } from "../../support/near.js";
import { onPolicyConfig } from "../../support/ppoConfig.js";

const GAMMA = 0.8;
const config = onPolicyConfig({
  trainer_type: "a3c",
  max_steps: 40_000,
  hyperparameters: { buffer_size: 32, learning_rate: 0.01, lambd: 0.95 },
  network_settings: { hidden_units: 16, num_layers: 1 },
  reward_signals: { extrinsic: { gamma: GAMMA } },
  legwork: { activation: "tanh", normalize_returns: false },
});

function create(workers: number, seed = 1) {
  const env = new SimpleEnv(delayedReward, 4, 1);
  const created = a3cTrainer({ task: "delayedReward", env, config, random: new Random(seed), workers });
  onTestFinished(() => created.trainer.dispose());
  return created;
}

async function startAsync(workers: number) {
  const created = create(workers);
  await created.trainer.startAsync();
  return created;
}

it("learns with workers that do not wait for each other", async () => {
  const { trainer } = await startAsync(2);
  while (trainer.steps < config.maxSteps) await trainer.iterateAsync();
  expectNear(criticValues(trainer, [[0], [1]]), [GAMMA, 1], 0.02);
});

it("counts what all have done", async () => {
  const { trainer } = await startAsync(2);
  const { metrics, episodes } = await trainer.iterateAsync();
  // A thousand steps of each, in whole fragments of 32; an episode has two.
  expect(trainer.steps).toBe(2 * 1024);
  expect(episodes.length).toBe(trainer.steps / 2);
  expect(Object.keys(metrics)).toEqual(expect.arrayContaining(["Losses/Policy Loss", "Losses/Value Loss"]));
});

it("is the same run for the same seed where there is one worker", async () => {
  const states = await Promise.all(
    [1, 2].map(async () => {
      const { trainer } = await startAsync(1);
      for (let i = 0; i < 3; i++) await trainer.iterateAsync();
      return trainer.state;
    }),
  );
  expect(states[1]).toEqual(states[0]);
});

it("goes on from a checkpoint", async () => {
  const { trainer } = await startAsync(1);
  await trainer.iterateAsync();
  const checkpoint = await trainer.checkpointAsync();
  const { trainer: second, crew } = create(1, 2);
  second.restore(checkpoint);
  await second.startAsync();
  expect(second.steps).toBe(1024);
  expect(crew.state).toEqual(trainer.state);
});

it("replaces a worker that is lost; what it has learnt stays", async () => {
  const { trainer, crew, said } = await startAsync(2);
  await trainer.iterateAsync();
  const before = trainer.state.parameters;
  const iteration = trainer.iterateAsync();
  crew.kill(1);
  await iteration;
  expect(said).toEqual([
    "Worker 2 of 2 was lost (it was killed); its fragment is dropped and another worker replaces it.",
  ]);
  expect(trainer.steps).toBe(4 * 1024);
  expect(trainer.state.parameters).not.toEqual(before);
});
