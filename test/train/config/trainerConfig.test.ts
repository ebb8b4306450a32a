import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  formatTrainerConfig,
  loadTrainerConfig,
  type PpoConfig,
  type TrainerConfig,
} from "../../../src/train/config/trainerConfig.js";
import { loadPpoConfig } from "../../support/ppoConfig.js";

const walkerFile = readFileSync(new URL("walker-trainer.yaml", import.meta.url), "utf8");

// ML-Agents' defaults (settings.py and ppo/optimizer_torch.py of release 23), then Legwork's own.
const defaults: PpoConfig = {
  behavior: "Any",
  trainerType: "ppo",
  hyperparameters: {
    batchSize: 1024,
    bufferSize: 10240,
    learningRate: 0.0003,
    beta: 0.005,
    epsilon: 0.2,
    lambd: 0.95,
    numEpoch: 3,
    learningRateSchedule: "linear",
    betaSchedule: "linear",
    epsilonSchedule: "linear",
  },
  networkSettings: { normalize: false, hiddenUnits: 128, numLayers: 2 },
  rewardSignals: { extrinsic: { gamma: 0.99, strength: 1 } },
  initPath: null,
  keepCheckpoints: 5,
  checkpointInterval: 500000,
  maxSteps: 500000,
  timeHorizon: 64,
  summaryFreq: 50000,
  legwork: {
    numWorkers: null,
    numAgents: null,
    activation: "swish",
    observationClip: 10,
    evaluationEpisodes: 100,
    initialAction: "zero",
    restartExploration: false,
    initialStd: 1,
    maxGradNorm: 0.5,
    targetKl: null,
    desiredKl: 0.01,
    finalStd: null,
    symmetryLoss: 0,
    sensors: null,
    normalizeReturns: true,
    normalizeAdvantages: true,
    rewards: {},
  },
  environmentParameters: {},
};

const everyKey = `
behaviors:
  Every:
    trainer_type: ppo
    hyperparameters:
      batch_size: 11
      buffer_size: 12
      learning_rate: 1e-4
      beta: 0
      epsilon: 0.3
      lambd: 1
      num_epoch: 4
      shared_critic: false
      learning_rate_schedule: constant
      beta_schedule: constant
      epsilon_schedule: constant
    network_settings:
      normalize: true
      hidden_units: 13
      num_layers: 1
      vis_encode_type: simple
      memory: null
      goal_conditioning_type: none
      deterministic: false
    reward_signals:
      extrinsic: { gamma: 0.5, strength: 2 }
    init_path: results/first/Every
    keep_checkpoints: 14
    checkpoint_interval: 15
    even_checkpoints: false
    max_steps: 16
    time_horizon: 17
    summary_freq: 18
    threaded: true
    self_play: null
    behavioral_cloning: null
    legwork:
      num_workers: 3
      num_agents: 19
      activation: tanh
      initial_std: 0.6
      max_grad_norm: null
      target_kl: 0.02
      normalize_returns: false
      normalize_advantages: false
      rewards: {footSlip: -0.5, energy_use: -1}
      observation_clip: 5
      evaluation_episodes: 20
environment_parameters:
  target_speed: 1.5
  gravityScale: -2
debug: false
`;

const every: TrainerConfig = {
  behavior: "Every",
  trainerType: "ppo",
  hyperparameters: {
    batchSize: 11,
    bufferSize: 12,
    learningRate: 0.0001,
    beta: 0,
    epsilon: 0.3,
    lambd: 1,
    numEpoch: 4,
    learningRateSchedule: "constant",
    betaSchedule: "constant",
    epsilonSchedule: "constant",
  },
  networkSettings: { normalize: true, hiddenUnits: 13, numLayers: 1 },
  rewardSignals: { extrinsic: { gamma: 0.5, strength: 2 } },
  initPath: "results/first/Every",
  keepCheckpoints: 14,
  checkpointInterval: 15,
  maxSteps: 16,
  timeHorizon: 17,
  summaryFreq: 18,
  legwork: {
    numWorkers: 3,
    numAgents: 19,
    activation: "tanh",
    observationClip: 5,
    evaluationEpisodes: 20,
    initialAction: "zero",
    restartExploration: false,
    initialStd: 0.6,
    maxGradNorm: null,
    targetKl: 0.02,
    desiredKl: 0.01,
    finalStd: null,
    symmetryLoss: 0,
    sensors: null,
    normalizeReturns: false,
    normalizeAdvantages: false,
    rewards: { footSlip: -0.5, energy_use: -1 },
  },
  environmentParameters: { target_speed: 1.5, gravityScale: -2 },
};

test("an empty behaviour takes every default", () => {
  expect(loadTrainerConfig("behaviors: {Any: {}}", "f.yaml")).toEqual(defaults);
});

test("every key of the file arrives under its camelCase name", () => {
  expect(loadTrainerConfig(everyKey, "f.yaml")).toEqual(every);
});

test("the lectures' Walker file works unchanged", () => {
  expect(loadTrainerConfig(walkerFile, "walker-trainer.yaml", "Walker")).toEqual({
    ...defaults,
    behavior: "Walker",
    hyperparameters: { ...defaults.hyperparameters, batchSize: 2048, bufferSize: 20480 },
    networkSettings: { normalize: true, hiddenUnits: 512, numLayers: 3 },
    rewardSignals: { extrinsic: { gamma: 0.995, strength: 1 } },
    maxSteps: 30_000_000,
    timeHorizon: 1000,
    summaryFreq: 30_000,
  });
});

test("lambda is another name of lambd", () => {
  const load = (text: string) => loadPpoConfig(text, "f.yaml").hyperparameters.lambd;
  expect(load("behaviors: {A: {hyperparameters: {lambda: 0.9}}}")).toBe(0.9);
  expect(load("behaviors: {A: {hyperparameters: {lambd: 0.8}}}")).toBe(0.8);
  const below = "default_settings: {hyperparameters: {lambda: 0.7}}";
  expect(load(`${below}\nbehaviors: {A: {}}`)).toBe(0.7);
  expect(load(`${below}\nbehaviors: {A: {hyperparameters: {lambd: 0.6}}}`)).toBe(0.6);
});

describe("numbers and booleans as YAML files write them", () => {
  test.each([
    ["1e-4", 1e-4],
    ["3.0e-4", 3e-4],
    ["'3.0e-4'", 3e-4],
    [".5", 0.5],
    ['"1E-3"', 1e-3],
  ])("learning_rate: %s", (written, value) => {
    const text = `behaviors: {A: {hyperparameters: {learning_rate: ${written}}}}`;
    expect(loadTrainerConfig(text, "f.yaml").hyperparameters).toMatchObject({ learningRate: value });
  });

  test.each(["5e6", "5.0e6", "5_000_000", "'5000000'", "5000000.0"])("max_steps: %s", (written) => {
    expect(loadTrainerConfig(`behaviors: {A: {max_steps: ${written}}}`, "f.yaml").maxSteps).toBe(5_000_000);
  });

  test.each([
    ["yes", true],
    ["On", true],
    ["'true'", true],
    ["no", false],
    ["OFF", false],
  ])("normalize: %s", (written, value) => {
    // The default lies below, turned round, so that a value that is not read shows.
    const text = `default_settings: {network_settings: {normalize: ${!value}}}
behaviors: {A: {network_settings: {normalize: ${written}}}}`;
    expect(loadTrainerConfig(text, "f.yaml").networkSettings.normalize).toBe(value);
  });
});

describe("which behaviour", () => {
  const two = "behaviors: {A: {max_steps: 1}, B: {max_steps: 2, trainer_type: other}}";

  test("the named one, whatever the others hold", () => {
    const { behavior, maxSteps } = loadTrainerConfig(two, "f.yaml", "A");
    expect([behavior, maxSteps]).toEqual(["A", 1]);
  });

  test("default_settings stands in for a named behaviour that is absent", () => {
    const { behavior, maxSteps } = loadTrainerConfig(`default_settings: {max_steps: 3}\n${two}`, "f.yaml", "C");
    expect([behavior, maxSteps]).toEqual(["C", 3]);
  });

  test("default_settings lies below the behaviour, level by level", () => {
    const text = `
default_settings:
  max_steps: 7
  time_horizon: 8
  hyperparameters: { beta: 0.1, epsilon: 0.4 }
behaviors:
  A:
    time_horizon: 9
    hyperparameters: { epsilon: 0.3 }
`;
    expect(loadTrainerConfig(text, "f.yaml")).toEqual({
      ...defaults,
      behavior: "A",
      maxSteps: 7,
      timeHorizon: 9,
      hyperparameters: { ...defaults.hyperparameters, beta: 0.1, epsilon: 0.3 },
    });
  });
});

test("values of the command line win over the file, those left out do not", () => {
  const text = "behaviors: {A: {max_steps: 1, legwork: {num_agents: 2, initial_std: 0.5}}}";
  const config = loadTrainerConfig(text, "f.yaml", "A", {
    trainer: "ppo",
    maxSteps: 10,
    numWorkers: 4,
    numAgents: 20,
  });
  expect(config).toEqual({
    ...defaults,
    behavior: "A",
    maxSteps: 10,
    legwork: { ...defaults.legwork, numWorkers: 4, numAgents: 20, initialStd: 0.5 },
  });
  const { maxSteps, legwork } = loadTrainerConfig("behaviors: {A: {max_steps: 3}}", "f.yaml", "A", {
    maxSteps: undefined,
    numAgents: 5,
  });
  expect([maxSteps, legwork.numAgents]).toEqual([3, 5]);
});

describe("formatTrainerConfig", () => {
  test.each([defaults, every, { ...every, behavior: "true", initPath: "12: #3" }, { ...defaults, behavior: "1" }])(
    "writes a file that loads to the same configuration (%#)",
    (config) => {
      expect(loadTrainerConfig(formatTrainerConfig(config), "config.yaml")).toEqual(config);
    },
  );

  test("writes every value out in the shape of ML-Agents", () => {
    const lines = formatTrainerConfig(defaults).split("\n");
    expect(lines.slice(0, 4)).toEqual(["behaviors:", "  Any:", "    trainer_type: ppo", "    hyperparameters:"]);
    expect(lines).toContain("      learning_rate_schedule: linear");
    expect(lines).toContain("      max_grad_norm: 0.5");
  });
});
