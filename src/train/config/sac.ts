import { z } from "zod";
import { commonKeys, commonKeysWithoutEffect, commonLegworkKeys } from "./commonKeys.js";
import { choice, count, notNegative, number, numberOrNull, positive, section } from "./fields.js";

/** A behaviour that soft actor-critic trains (Haarnoja et al. 2018, "Soft Actor-Critic Algorithms and Applications"). */
export const sacSchema = section(
  {
    trainer_type: z.literal("sac"),
    hyperparameters: section(
      {
        /** Transitions of one gradient step. */
        batch_size: number(count, 128),
        /** Transitions that are remembered; the oldest are forgotten first. */
        buffer_size: number(count, 50_000),
        /** Steps of random actions before the first update. */
        buffer_init_steps: number(notNegative, 0),
        /** Step size of Adam, for actor, critics and temperature. */
        learning_rate: number(positive, 3e-4),
        /** `linear` lets the learning rate fall over `max_steps` to 1e-10; `constant` leaves it. */
        learning_rate_schedule: choice(["constant", "linear"], "constant"),
        /** Share of the way that the target networks go towards the critics in each update. */
        tau: number(positive, 0.005),
        /** Steps of agents for each update. */
        steps_per_update: number(positive, 1),
        /** Temperature at the start. */
        init_entcoef: number(positive, 1),
      },
      /** The buffer stays in memory; there is only one reward signal. */
      { save_replay_buffer: [false], reward_signal_steps_per_update: [] },
    ),
    ...commonKeys,
    legwork: section({
      ...commonLegworkKeys,
      /** Standard deviation of every continuous action at the start, before it is squashed. */
      initial_std: number(positive, 0.5),
      /** Entropy that the temperature aims at; null: minus the number of actions. */
      target_entropy: numberOrNull({ allowed: "a number", contains: Number.isFinite }),
      /** Rewards that are added up before a critic estimates the rest. */
      n_step: number(count, 1),
    }),
  },
  commonKeysWithoutEffect,
);
