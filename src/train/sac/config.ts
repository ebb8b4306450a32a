import { z } from "zod";
import { commonKeys, commonKeysWithoutEffect, commonLegworkKeys } from "../config/commonKeys.js";
import { atLeastBatch, count, number, numberOrNull, positive, section } from "../config/fields.js";
import { offPolicyHyperparameters, offPolicyLegworkKeys, offPolicyWithoutEffect } from "../offPolicy/config.js";

/** A behaviour that soft actor-critic trains (Haarnoja et al. 2018, "Soft Actor-Critic Algorithms and Applications"). */
export const sacSchema = section(
  {
    trainer_type: z.literal("sac"),
    hyperparameters: atLeastBatch(
      section(
        {
          ...offPolicyHyperparameters,
          /** Temperature at the start. */
          init_entcoef: number(positive, 1),
        },
        /** There is only one reward signal. */
        { ...offPolicyWithoutEffect, reward_signal_steps_per_update: [] },
      ),
    ),
    ...commonKeys,
    legwork: section({
      ...commonLegworkKeys,
      ...offPolicyLegworkKeys,
      /** Standard deviation of every continuous action at the start, before it is squashed. */
      initial_std: number(positive, 0.5),
      /** Decisions for which each draw from a policy of continuous actions is kept; more explore what takes a longer push. */
      noise_steps: number(count, 1),
      /**
       * Entropy that the temperature aims at; null: minus the number of continuous actions, or of discrete ones a fifth of
       * the most that their options allow.
       */
      target_entropy: numberOrNull({ allowed: "a number", contains: Number.isFinite }),
    }),
  },
  commonKeysWithoutEffect,
);
