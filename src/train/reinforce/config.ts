import { z } from "zod";
import { commonKeys, commonKeysWithoutEffect } from "../config/commonKeys.js";
import { choice, count, notNegative, number, positive, section } from "../config/fields.js";
import { gradientNormKey, onPolicyLegworkKeys } from "../onPolicy/config.js";

// What a baseline does to the returns is the point of this algorithm.
const { normalize_advantages: _, ...legworkKeys } = onPolicyLegworkKeys;

/** A behaviour that REINFORCE trains (Williams 1992, "Simple statistical gradient-following algorithms for connectionist reinforcement learning"). */
export const reinforceSchema = section(
  {
    trainer_type: z.literal("reinforce"),
    hyperparameters: section({
      /** Steps collected before an update; of the episodes that begin in them, those that are cut off are not learnt from. */
      buffer_size: number(count, 20_480),
      /** Step size of Adam at the start. */
      learning_rate: number(positive, 3e-3),
      /** `linear` lets the learning rate fall over `max_steps` to 1e-10; `constant` leaves it. */
      learning_rate_schedule: choice(["linear", "constant"], "constant"),
      /** What a decision is judged by: the rewards that follow it, or those of its whole episode. */
      returns: choice(["to_go", "whole"], "to_go"),
      /** What is taken off that: nothing, its mean, or a value that is learnt for each state. */
      baseline: choice(["none", "constant", "learned"], "learned"),
      /** Weight of the entropy bonus. */
      beta: number(notNegative, 0),
    }),
    ...commonKeys,
    legwork: section({
      ...legworkKeys,
      ...gradientNormKey,
    }),
  },
  commonKeysWithoutEffect,
);
