import { z } from "zod";
import { commonKeys, commonKeysWithoutEffect, commonLegworkKeys } from "../config/commonKeys.js";
import { atLeastBatch, choice, count, notNegative, number, section } from "../config/fields.js";
import { offPolicyHyperparameters, offPolicyLegworkKeys, offPolicyWithoutEffect } from "../offPolicy/config.js";

/** Exploration of a policy that draws no actions itself. */
export const actionNoiseKeys = {
  /** Noise on the actions: independent in each decision, or an Ornstein–Uhlenbeck process, which lasts. */
  action_noise: choice(["gaussian", "ornstein-uhlenbeck"], "gaussian"),
  /** Its standard deviation in one decision; actions reach from -1 to 1. */
  action_noise_std: number(notNegative, 0.1),
};

/** A behaviour that TD3 trains (Fujimoto et al. 2018, "Addressing Function Approximation Error in Actor-Critic Methods"). */
export const td3Schema = section(
  {
    trainer_type: z.literal("td3"),
    hyperparameters: atLeastBatch(
      section(
        {
          ...offPolicyHyperparameters,
          ...actionNoiseKeys,
          /** Updates of the critics for each one of the actor and the targets. */
          policy_delay: number(count, 2),
          /** Standard deviation of the noise on the target's actions, and where it is cut. */
          target_noise_std: number(notNegative, 0.2),
          target_noise_clip: number(notNegative, 0.5),
        },
        offPolicyWithoutEffect,
      ),
    ),
    ...commonKeys,
    legwork: section({ ...commonLegworkKeys, ...offPolicyLegworkKeys }),
  },
  commonKeysWithoutEffect,
);
