import { describe, expect, it } from "vitest";
import { loadTrainerConfig } from "../../../src/train/config/trainerConfig.js";

const FILE = `
behaviors:
  Walker:
    trainer_type: ppo
    hyperparameters: {batch_size: 256, buffer_size: 2048, beta: 0.1}
    network_settings: {hidden_units: 32}
    reward_signals: {extrinsic: {gamma: 0.9}}
    max_steps: 1000
    legwork: {num_agents: 3, initial_std: 0.7, activation: tanh, rewards: {track: 1}}
`;
const GAIT = {
  text: "behaviors: {Walker: {max_steps: 500, hyperparameters: {beta: 0.2}, legwork: {rewards: {flight: 1}}}}",
  source: "gaits/run.yaml",
};
const TUNED = {
  text: "behaviors: {Walker: {trainer_type: sac, hyperparameters: {batch_size: 64}, legwork: {initial_std: 0.2}}}",
  source: "trainers/sac.yaml",
};

describe("a file for another trainer than the one that is asked for", () => {
  it("gives what all trainers share, and nothing that means something else to this one", () => {
    const config = loadTrainerConfig(FILE, "config.yaml", "Walker", { trainer: "sac" }, [GAIT]);
    const defaults = loadTrainerConfig("behaviors: {Walker: {trainer_type: sac}}", "defaults.yaml");
    expect(config).toMatchObject({ trainerType: "sac", maxSteps: 500, networkSettings: { hiddenUnits: 32 } });
    expect(config.rewardSignals.extrinsic.gamma).toBe(0.9);
    expect(config.hyperparameters).toEqual(defaults.hyperparameters);
    expect(config.legwork).toEqual({
      ...defaults.legwork,
      numAgents: 3,
      activation: "tanh",
      rewards: { track: 1, flight: 1 },
    });
  });

  it("is complemented by one for this trainer", () => {
    const config = loadTrainerConfig(FILE, "config.yaml", "Walker", { trainer: "sac" }, [TUNED, GAIT]);
    expect(config.hyperparameters).toMatchObject({ batchSize: 64 });
    expect(config.legwork).toMatchObject({ initialStd: 0.2, numAgents: 3, rewards: { track: 1, flight: 1 } });
    expect(config.maxSteps).toBe(500);
  });

  it("is checked as what it is", () => {
    const load = (text: string, trainer: string) => () => loadTrainerConfig(text, "config.yaml", "Walker", { trainer });
    expect(load(FILE.replace("beta", "bta"), "sac")).toThrow(
      /^config\.yaml: behaviors\.Walker\.hyperparameters\.bta is 0.1, but there is no such key/,
    );
    expect(load(FILE, "sca")).toThrow(
      /^--trainer is "sca", must be one of: ppo, ppo-kl, trpo, tnpg, npg, a2c, a3c, q-actor-critic, reinforce, sac, td3, ddpg, rwr, reps, cem, cma-es/,
    );
  });

  it("is taken for one of this trainer where it names none", () => {
    const unnamed = FILE.replace("    trainer_type: ppo\n", "");
    expect(() => loadTrainerConfig(unnamed, "config.yaml", "Walker", { trainer: "sac" })).toThrow(
      /^config\.yaml: behaviors\.Walker\.hyperparameters\.beta is 0.1, but there is no such key/,
    );
  });
});
