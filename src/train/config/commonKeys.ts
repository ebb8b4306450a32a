import { ACTIVATIONS } from "../../policy/network.js";
import {
  boolean,
  choice,
  count,
  fraction,
  namesOrNull,
  number,
  numberOrNull,
  positive,
  rewardSettings,
  section,
  textOrNull,
} from "./fields.js";

/**
 * The keys of a behaviour that every trainer has, under ML-Agents' names, with its meaning and its defaults
 * (`mlagents/trainers/settings.py`, release 23). The last argument of a field is its default.
 */
export const commonKeys = {
  network_settings: section(
    {
      /** Whether observations are shifted and scaled by their running mean and standard deviation. */
      normalize: boolean(false),
      /** Units of each hidden layer. */
      hidden_units: number(count, 128),
      /** Hidden layers. */
      num_layers: number(count, 2),
    },
    {
      /** There are no image observations to encode. */
      vis_encode_type: ["simple"],
      /** There are no recurrent networks. */
      memory: [null],
      /** There are no goal observations to condition on. */
      goal_conditioning_type: ["hyper", "none"],
      /** Training explores; evaluation is always deterministic, and an exported model has both kinds of action. */
      deterministic: [false],
    },
  ),
  reward_signals: section(
    {
      /** The task's own reward. */
      extrinsic: section(
        {
          /** Discount of one decision. */
          gamma: number(fraction, 0.99),
          /** Factor on the reward. */
          strength: number(positive, 1),
        },
        { network_settings: [] },
      ),
    },
    { gail: [], curiosity: [], rnd: [] },
  ),
  /** Checkpoint whose weights a new run starts from; null starts from random ones. */
  init_path: textOrNull(),
  /** Checkpoints that are kept, the oldest is deleted first. */
  keep_checkpoints: number(count, 5),
  /** Steps between two checkpoints. */
  checkpoint_interval: number(count, 500_000),
  /** Steps of the whole run. A step is one decision of one agent. */
  max_steps: number(count, 500_000),
  /** Decisions of one agent after which its trajectory is cut and the rest estimated by the value function. */
  time_horizon: number(count, 64),
  /** Steps between two lines of metrics. */
  summary_freq: number(count, 50_000),
};

export const commonKeysWithoutEffect = {
  /** Checkpoints are `checkpoint_interval` apart. */
  even_checkpoints: [false],
  /** Whether ML-Agents collects while it updates, a matter of speed; here workers collect between two updates. */
  threaded: [false, true],
  /** Left in old files; ML-Agents ignores it too. */
  framework: ["pytorch", "tensorflow"],
  self_play: [null],
  behavioral_cloning: [null],
};

/** Legwork's own keys that every trainer has, under `legwork:`. */
export const commonLegworkKeys = {
  /** Threads that collect and learn together; null: one per core. */
  num_workers: numberOrNull(count),
  /** Agents in the world of each worker; null: as many as a short trial finds fastest. */
  num_agents: numberOrNull(count),
  /** Activation between hidden layers; ML-Agents always has swish. */
  activation: choice(ACTIVATIONS, "swish"),
  /** Normalised observations are clipped to ± this. */
  observation_clip: number(positive, 10),
  /** Sensors that the character has, by name, where it is to see less than it could; null: all. */
  sensors: namesOrNull(),
  /** Reward terms that differ from the task's: a weight, or a mapping of weight, library term and its options. */
  rewards: rewardSettings(),
  /** Episodes of the deterministic evaluation that decides whether the task is solved. */
  evaluation_episodes: number(count, 100),
};
