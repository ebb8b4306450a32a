import { choice, count, notNegative, number, positive } from "../config/fields.js";

/** The hyperparameters that all off-policy trainers have; the last argument of a field is its default, ML-Agents' where it has one. */
export const offPolicyHyperparameters = {
  /** Transitions of one gradient step. */
  batch_size: number(count, 128),
  /** Transitions that are remembered; the oldest are forgotten first. */
  buffer_size: number(count, 50_000),
  /** Steps of random actions before the first update. */
  buffer_init_steps: number(notNegative, 0),
  /** Step size of Adam, for everything that is learnt. */
  learning_rate: number(positive, 3e-4),
  /** `linear` lets the learning rate fall over `max_steps` to 1e-10; `constant` leaves it. */
  learning_rate_schedule: choice(["constant", "linear"], "constant"),
  /** Share of the way that the target networks go towards the learnt ones in each update. */
  tau: number(positive, 0.005),
  /** Steps of agents for each update. */
  steps_per_update: number(positive, 1),
};

/** Legwork's own keys of off-policy trainers. */
export const offPolicyLegworkKeys = {
  /** Decisions of each agent that workers make under the same policy while the trainer learns. */
  collect_steps: number(count, 4),
  /**
   * Rewards that are added up before a critic estimates the rest. Beyond 1 they are those of the policy that acted then, not
   * of the present one: keep `buffer_size` to what recent policies did (README, "SAC's settings").
   */
  n_step: number(count, 1),
};

/** The buffer stays in memory. */
export const offPolicyWithoutEffect = { save_replay_buffer: [false] };
