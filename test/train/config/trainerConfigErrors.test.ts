import { describe, expect, test } from "vitest";
import { InputError } from "../../../src/inputError.js";
import { loadTrainerConfig, type TrainerOverrides } from "../../../src/train/config/trainerConfig.js";

/** The sentence with which a file is refused. */
function refusal(text: string, behavior?: string, overrides?: TrainerOverrides): string {
  try {
    loadTrainerConfig(text, "f.yaml", behavior, overrides);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  }
  throw new Error(`accepted: ${text}`);
}

const topKeys = "behaviors, default_settings, environment_parameters";

test.each([
  ["", `the document is empty, must be a mapping with keys among: ${topKeys}`],
  ["# nothing", `the document is empty, must be a mapping with keys among: ${topKeys}`],
  ["- a", `the document is a list, must be a mapping with keys among: ${topKeys}`],
  ["ppo", `the document is "ppo", must be a mapping with keys among: ${topKeys}`],
  [
    "behavior: {}",
    `behavior is a mapping, but there is no such key (did you mean behaviors?); allowed here: ${topKeys}`,
  ],
  ["behaviors: 3", "behaviors is 3, must be a mapping of behaviour names to their settings"],
  ["behaviors: {A: }", "behaviors.A is empty, must be a mapping of a behaviour's settings"],
  ["default_settings: []", "default_settings is a list, must be a mapping of a behaviour's settings"],
  ["behaviors: {}", "behaviors holds no behaviour, must hold exactly one unless one is chosen by name"],
  [
    "behaviors: {A: {}, B: {}}",
    "behaviors holds 2 behaviours (A, B), must hold exactly one unless one is chosen by name",
  ],
  ["env_settings: {}", "env_settings is a mapping, known to ML-Agents but not supported here; leave it out"],
  ["engine_settings: {}", "engine_settings is a mapping, known to ML-Agents but not supported here; leave it out"],
  ["torch_settings: {}", "torch_settings is a mapping, known to ML-Agents but not supported here; leave it out"],
  ["checkpoint_settings: 1", "checkpoint_settings is 1, known to ML-Agents but not supported here; leave it out"],
  ["debug: true", "debug is true, known to ML-Agents but not supported here; leave it out, or write false"],
  [
    "environment_parameters: 1",
    "environment_parameters is 1, must be a mapping of parameter names to numbers, samplers or curricula",
  ],
  ["environment_parameters: {g: fast}", 'environment_parameters.g is "fast", must be a number'],
  [
    "environment_parameters: {g: {sampler_type: uniform}}",
    "environment_parameters.g.sampler_parameters.min_value is left out, must be a number",
  ],
  ["a: 1\na: 2", "line 2, column 1 is not valid YAML: Map keys must be unique"],
])("the file %j", (text, sentence) => {
  expect(refusal(text)).toBe(`f.yaml: ${sentence}`);
});

test("a behaviour that the file does not have", () => {
  expect(refusal("behaviors: {A: {}, B: {}}", "C")).toBe(
    "f.yaml: behaviors.C is missing, must be one of the behaviours in the file: A, B",
  );
});

const integer = "must be an integer of at least 1";
const positive = "must be a number above 0";
const fraction = "must be a number above 0 and at most 1";
const unsupported = "known to ML-Agents but not supported here; leave it out";

describe("a value within the behaviour", () => {
  test.each([
    [
      "trainer_type: dqn",
      'trainer_type is "dqn", must be one of: ppo, ppo-kl, trpo, tnpg, npg, a2c, a3c, q-actor-critic, reinforce, sac, td3, ddpg, rwr, reps, cem, cma-es',
    ],
    ["max_steps: 0", `max_steps is 0, ${integer}`],
    ["max_steps: 1.5", `max_steps is 1.5, ${integer}`],
    ["max_steps: .inf", `max_steps is Infinity, ${integer}`],
    ["max_steps: many", `max_steps is "many", ${integer}`],
    ["max_steps: ''", `max_steps is "", ${integer}`],
    ["max_steps: true", `max_steps is true, ${integer}`],
    ["max_steps:", `max_steps is empty, ${integer}`],
    ["time_horizon: [1]", `time_horizon is a list, ${integer}`],
    ["summary_freq: 0", `summary_freq is 0, ${integer}`],
    ["keep_checkpoints: 0", `keep_checkpoints is 0, ${integer}`],
    ["checkpoint_interval: -1", `checkpoint_interval is -1, ${integer}`],
    ["init_path: 3", "init_path is 3, must be text, or null"],
    ["init_path: ''", 'init_path is "", must be text, or null'],
    ["hyperparameters: {batch_size: 0}", `hyperparameters.batch_size is 0, ${integer}`],
    ["hyperparameters: {learning_rate: 0}", `hyperparameters.learning_rate is 0, ${positive}`],
    ["hyperparameters: {beta: -1}", "hyperparameters.beta is -1, must be a number of at least 0"],
    ["hyperparameters: {epsilon: 0}", `hyperparameters.epsilon is 0, ${positive}`],
    ["hyperparameters: {lambd: 1.01}", `hyperparameters.lambd is 1.01, ${fraction}`],
    ["hyperparameters: {lambda: 0}", `hyperparameters.lambda is 0, ${fraction}`],
    ["hyperparameters: {num_epoch: 0.5}", `hyperparameters.num_epoch is 0.5, ${integer}`],
    [
      "hyperparameters: {beta_schedule: cosine}",
      'hyperparameters.beta_schedule is "cosine", must be one of: linear, constant',
    ],
    [
      "hyperparameters: {batch_size: 4, buffer_size: 3}",
      "hyperparameters.buffer_size is 3, must be at least batch_size (3 < 4)",
    ],
    [
      "hyperparameters: {batch_size: 20000}",
      "hyperparameters.buffer_size is left out, must be at least batch_size (10240 < 20000)",
    ],
    ["network_settings: {normalize: 1}", "network_settings.normalize is 1, must be true or false"],
    ["network_settings: {hidden_units: 0}", `network_settings.hidden_units is 0, ${integer}`],
    ["network_settings: {num_layers: 0}", `network_settings.num_layers is 0, ${integer}`],
    [
      "network_settings: 3",
      "network_settings is 3, must be a mapping with keys among: normalize, hidden_units, num_layers",
    ],
    ["reward_signals: {extrinsic: {gamma: 0}}", `reward_signals.extrinsic.gamma is 0, ${fraction}`],
    ["reward_signals: {extrinsic: {strength: -1}}", `reward_signals.extrinsic.strength is -1, ${positive}`],
    ["legwork: {num_agents: 0}", `legwork.num_agents is 0, ${integer}, or null`],
    ["legwork: {num_workers: 1.5}", `legwork.num_workers is 1.5, ${integer}, or null`],
    ["legwork: {activation: gelu}", 'legwork.activation is "gelu", must be one of: tanh, relu, elu, swish'],
    ["legwork: {initial_std: 0}", `legwork.initial_std is 0, ${positive}`],
    ["legwork: {max_grad_norm: 0}", `legwork.max_grad_norm is 0, ${positive}, or null`],
    ["legwork: {target_kl: off}", `legwork.target_kl is "off", ${positive}, or null`],
    [
      "legwork: {rewards: {forward: fast}}",
      'legwork.rewards.forward is "fast", must be a weight, or a mapping of weight and options',
    ],
    [
      "legwork: {rewards: {mine: {weight: 1, code: '() => 1'}}}",
      "legwork.rewards.mine is a mapping, must be a weight, or a mapping of weight and options",
    ],
    ["legwork: {rewards: 3}", "legwork.rewards is 3, must be a mapping of reward terms to weights"],
    ["legwork: {normalize_returns: maybe}", 'legwork.normalize_returns is "maybe", must be true or false'],
    ["legwork: {observation_clip: -5}", `legwork.observation_clip is -5, ${positive}`],
    ["legwork: {evaluation_episodes: 0}", `legwork.evaluation_episodes is 0, ${integer}`],
  ])("%s", (setting, sentence) => {
    expect(refusal(`behaviors:\n  Walker:\n    ${setting}`)).toBe(`f.yaml: behaviors.Walker.${sentence}`);
  });
});

describe("a key that ML-Agents has and Legwork does not support", () => {
  test.each([
    ["even_checkpoints: true", `even_checkpoints is true, ${unsupported}, or write false`],
    ["self_play: {window: 10}", `self_play is a mapping, ${unsupported}, or write null`],
    ["behavioral_cloning: {steps: 0}", `behavioral_cloning is a mapping, ${unsupported}, or write null`],
    ["hyperparameters: {shared_critic: true}", `hyperparameters.shared_critic is true, ${unsupported}, or write false`],
    ["network_settings: {memory: {}}", `network_settings.memory is a mapping, ${unsupported}, or write null`],
    [
      "network_settings: {deterministic: true}",
      `network_settings.deterministic is true, ${unsupported}, or write false`,
    ],
    [
      "network_settings: {vis_encode_type: resnet}",
      `network_settings.vis_encode_type is "resnet", ${unsupported}, or write simple`,
    ],
    ["reward_signals: {gail: {}}", `reward_signals.gail is a mapping, ${unsupported}`],
    ["reward_signals: {curiosity: {}}", `reward_signals.curiosity is a mapping, ${unsupported}`],
    ["reward_signals: {rnd: {}}", `reward_signals.rnd is a mapping, ${unsupported}`],
    [
      "reward_signals: {extrinsic: {network_settings: {}}}",
      `reward_signals.extrinsic.network_settings is a mapping, ${unsupported}`,
    ],
  ])("%s", (setting, sentence) => {
    expect(refusal(`behaviors:\n  Walker:\n    ${setting}`)).toBe(`f.yaml: behaviors.Walker.${sentence}`);
  });
});

describe("an unknown key", () => {
  test("lists the keys of its level and the nearest of them", () => {
    expect(refusal("behaviors: {A: {network_settings: {hidden_unit: 3}}}")).toBe(
      "f.yaml: behaviors.A.network_settings.hidden_unit is 3, but there is no such key (did you mean hidden_units?);" +
        " allowed here: normalize, hidden_units, num_layers",
    );
    expect(refusal("behaviors: {A: {reward_signals: {extrinsic: {discount: 1}}}}")).toBe(
      "f.yaml: behaviors.A.reward_signals.extrinsic.discount is 1, but there is no such key; allowed here: gamma, strength",
    );
  });

  test("camelCase is no spelling of a key", () => {
    expect(refusal("behaviors: {A: {maxSteps: 3}}")).toContain(
      "behaviors.A.maxSteps is 3, but there is no such key (did you mean max_steps?)",
    );
  });

  test("names of JavaScript's own properties are no keys", () => {
    expect(refusal("behaviors: {A: {constructor: 3}}")).toContain("behaviors.A.constructor is 3, but there is no such");
  });
});

test("both names of lambd at once", () => {
  expect(refusal("behaviors: {A: {hyperparameters: {lambd: 0.9, lambda: 0.9}}}")).toBe(
    "f.yaml: behaviors.A.hyperparameters has both lambd and lambda, must have one of them",
  );
});

test("a wrong value is named where it was written", () => {
  const below = "default_settings: {max_steps: 0, hyperparameters: {lambda: 2}}\nbehaviors: {A: {max_steps: 1}}";
  expect(refusal(below)).toBe(`f.yaml: default_settings.hyperparameters.lambda is 2, ${fraction}`);
  const above = "default_settings: {max_steps: 1}\nbehaviors: {A: {max_steps: 0}}";
  expect(refusal(above)).toBe(`f.yaml: behaviors.A.max_steps is 0, ${integer}`);
});

test.each([
  [
    { trainer: "dqn" },
    '--trainer is "dqn", must be one of: ppo, ppo-kl, trpo, tnpg, npg, a2c, a3c, q-actor-critic, reinforce, sac, td3, ddpg, rwr, reps, cem, cma-es',
  ],
  [{ maxSteps: 0 }, `--max-steps is 0, ${integer}`],
  [{ numAgents: Number.NaN }, `--num-agents is NaN, ${integer}, or null`],
])("on the command line %j", (overrides, sentence) => {
  expect(refusal("behaviors: {A: {max_steps: 3}}", undefined, overrides)).toBe(sentence);
});
