import { z } from "zod";
import { commonKeys, commonKeysWithoutEffect } from "../config/commonKeys.js";
import { choice, count, fraction, notNegative, number, positive, section } from "../config/fields.js";
import { gradientNormKey, onPolicyLegworkKeys } from "../onPolicy/config.js";

/** A behaviour that asynchronous advantage actor-critic trains (Mnih et al. 2016, "Asynchronous Methods for Deep Reinforcement Learning"). */
export const a3cSchema = section(
  {
    trainer_type: z.literal("a3c"),
    hyperparameters: section({
      /** Steps that one worker collects, over all its agents, before it changes the parameters. */
      buffer_size: number(count, 40),
      /** Step size of RMSProp at the start. */
      learning_rate: number(positive, 7e-4),
      /** `linear` lets the learning rate fall over `max_steps` to 1e-10; `constant` leaves it. */
      learning_rate_schedule: choice(["linear", "constant"], "linear"),
      /** Weight of the entropy bonus. */
      beta: number(notNegative, 0),
      /** λ of generalised advantage estimation; 1: returns of n steps, n being `time_horizon`. */
      lambd: number(fraction, 1),
    }),
    ...commonKeys,
    legwork: section({
      ...onPolicyLegworkKeys,
      ...gradientNormKey,
    }),
  },
  commonKeysWithoutEffect,
);
