import { describe, expect, it } from "vitest";
import { runEpisodesAsync } from "../../../src/env/evaluate.js";
import { MlpPolicy } from "../../../src/policy/mlpPolicy.js";
import { Random } from "../../../src/random.js";
import { decodeCheckpoint, encodeCheckpoint } from "../../../src/train/checkpoint.js";
import { cartPole } from "../../support/envs/cartPole.js";
import { identityBox, identityDiscrete } from "../../support/envs/identity.js";
import { SimpleEnv, type SimpleTask } from "../../support/envs/simpleEnv.js";
import { populationConfig, startPopulationTrainerAsync } from "../../support/populationTrainer.js";

const TRAINERS = ["rwr", "reps", "cem", "cma-es"] as const;
const SMALL = { hidden_units: 4, num_layers: 1 };

function startAsync(task: SimpleTask, trainer_type: string, seed = 1, settings: object = {}) {
  const config = populationConfig({
    trainer_type,
    network_settings: SMALL,
    legwork: { activation: "tanh" },
    ...settings,
  });
  return startPopulationTrainerAsync({ env: new SimpleEnv(task, 8, seed), config, random: new Random(seed) });
}

describe.each(TRAINERS)("%s", (name) => {
  it.each([
    ["one branch of 3", identityDiscrete(3)],
    ["a box", identityBox(0.5)],
  ])("repeats what it sees: %s", async (_, task) => {
    const trainer = await startAsync(task, name);
    for (let generation = 0; generation < 40; generation++) await trainer.iterateAsync();
    const policy = new MlpPolicy(await trainer.networkAsync());
    const episodes = await runEpisodesAsync(new SimpleEnv(task, 20, 3), policy);
    // 100 steps, a reward of 1 in each where it is right.
    expect(episodes.reduce((sum, episode) => sum + episode.return, 0) / 20).toBeGreaterThan(90);
    trainer.dispose();
  });

  it("goes on from a checkpoint", async () => {
    const settings = { network_settings: { ...SMALL, normalize: true } };
    const trainer = await startAsync(cartPole, name, 1, settings);
    for (let generation = 0; generation < 3; generation++) await trainer.iterateAsync();
    const checkpoint = decodeCheckpoint(encodeCheckpoint(await trainer.checkpointAsync()), "memory");
    const resumed = await startAsync(cartPole, name, 5, settings);
    resumed.restore(checkpoint);
    expect(resumed.steps).toBe(trainer.steps);
    expect(await resumed.checkpointAsync()).toEqual(await trainer.checkpointAsync());
    const other = await startAsync(cartPole, name, 6, settings);
    other.initializeFrom(checkpoint);
    expect(other.steps).toBe(0);
    expect(await other.networkAsync()).toEqual(await trainer.networkAsync());
    const wider = await startAsync(cartPole, name, 1);
    expect(() => wider.restore(checkpoint)).toThrow(/observations\.mean/);
    expect(() => resumed.restore({ ...checkpoint, meta: { ...checkpoint.meta, trainer: "ppo" } })).toThrow(
      `The checkpoint is of trainer "ppo", here it must be of "${name}".`,
    );
  });
});

describe("a generation", () => {
  it("gives every candidate its episodes, and counts their decisions only", async () => {
    const trainer = await startAsync(cartPole, "cem", 1, {
      hyperparameters: { population_size: 6, episodes_per_candidate: 3 },
    });
    const { episodes, metrics } = await trainer.iterateAsync();
    expect(episodes).toHaveLength(18);
    expect(trainer.steps).toBe(episodes.reduce((sum, { length }) => sum + length, 0));
    const mean = episodes.reduce((sum, episode) => sum + episode.return, 0) / 18;
    expect(metrics["Search/Mean Return"]).toBeCloseTo(mean, 5);
    expect((await trainer.recentObservationsAsync(10)).length).toBe(40);
    trainer.dispose();
  });

  it("is the same for the same seed, and another one for another", async () => {
    const networks = [];
    for (const seed of [1, 1, 2]) {
      const trainer = await startAsync(cartPole, "cma-es", seed);
      for (let generation = 0; generation < 3; generation++) await trainer.iterateAsync();
      networks.push(await trainer.networkAsync());
    }
    expect(networks[1]).toEqual(networks[0]);
    expect(networks[2]).not.toEqual(networks[0]);
  });
});
