import { choice, count, notNegative, number, positive, section } from "../config/fields.js";

/** The hyperparameters that all off-policy trainers have; the last argument of a field is its default, ML-Agents' where it has one. */
const shared = {
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

/** The hyperparameters of an off-policy trainer: the shared ones and `own`. */
export function offPolicyHyperparameters<S extends Parameters<typeof section>[0]>(
  own: S,
  withoutEffect: Record<string, readonly unknown[]> = {},
) {
  // The buffer stays in memory.
  return section({ ...shared, ...own }, { save_replay_buffer: [false], ...withoutEffect }).refine(
    (values) => (values as { buffer_size: number }).buffer_size >= (values as { batch_size: number }).batch_size,
    {
      path: ["buffer_size"],
      error: ({ input }) => {
        const { buffer_size, batch_size } = input as { buffer_size: number; batch_size: number };
        return `must be at least batch_size (${buffer_size} < ${batch_size})`;
      },
    },
  );
}

/** Legwork's own key of off-policy trainers. */
export const offPolicyLegworkKeys = {
  /** Rewards that are added up before a critic estimates the rest. */
  n_step: number(count, 1),
};
