import { z } from "zod";
import { commonKeys, commonKeysWithoutEffect } from "../config/commonKeys.js";
import { choice, count, type NumberRange, notNegative, number, positive, section } from "../config/fields.js";
import { gradientNormKey, onPolicyLegworkKeys } from "../onPolicy/config.js";

const share: NumberRange = { allowed: "a number from 0 to 1", contains: (x) => x >= 0 && x <= 1 };

/** A behaviour that a Q actor-critic trains (Sutton et al. 2000, "Policy Gradient Methods for Reinforcement Learning with Function Approximation"). */
export const qActorCriticSchema = section(
  {
    trainer_type: z.literal("q-actor-critic"),
    hyperparameters: section({
      /** Steps collected before an update, from which it makes one gradient step. */
      buffer_size: number(count, 512),
      /** Step size of Adam at the start. */
      learning_rate: number(positive, 3e-3),
      /** `linear` lets the learning rate fall over `max_steps` to 1e-10; `constant` leaves it. */
      learning_rate_schedule: choice(["linear", "constant"], "linear"),
      /** λ of what the critic learns: 0 is SARSA, the reward and the value of the next state and action. */
      lambd: number(share, 0),
      /** Weight of the entropy bonus. */
      beta: number(notNegative, 0.01),
    }),
    ...commonKeys,
    legwork: section({
      ...onPolicyLegworkKeys,
      ...gradientNormKey,
    }),
  },
  commonKeysWithoutEffect,
);
