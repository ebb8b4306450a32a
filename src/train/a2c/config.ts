import { z } from "zod";
import { commonKeys, commonKeysWithoutEffect } from "../config/commonKeys.js";
import { choice, count, fraction, notNegative, number, positive, section } from "../config/fields.js";
import { gradientNormKey, onPolicyLegworkKeys } from "../onPolicy/config.js";

/** What A2C and A3C are told. @param bufferSize default of the steps that one gradient comes from */
export function actorCriticHyperparameters(bufferSize: number) {
  return section({
    /** Steps collected before an update, from which it makes one gradient step; A3C: by each worker for itself. */
    buffer_size: number(count, bufferSize),
    /** Step size at the start: of Adam, or of A3C's RMSProp. */
    learning_rate: number(positive, 7e-4),
    /** `linear` lets the learning rate fall over `max_steps` to 1e-10; `constant` leaves it. */
    learning_rate_schedule: choice(["linear", "constant"], "linear"),
    /** Weight of the entropy bonus. */
    beta: number(notNegative, 0),
    /** λ of generalised advantage estimation; 1: returns of n steps, n being `time_horizon`. */
    lambd: number(fraction, 1),
  });
}

/** A behaviour that advantage actor-critic trains (Mnih et al. 2016, "Asynchronous Methods for Deep Reinforcement Learning", its synchronous form). */
export const a2cSchema = section(
  {
    trainer_type: z.literal("a2c"),
    hyperparameters: actorCriticHyperparameters(160),
    ...commonKeys,
    legwork: section({ ...onPolicyLegworkKeys, ...gradientNormKey }),
  },
  commonKeysWithoutEffect,
);
