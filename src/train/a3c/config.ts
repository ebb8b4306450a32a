import { z } from "zod";
import { actorCriticHyperparameters } from "../a2c/config.js";
import { commonKeys, commonKeysWithoutEffect } from "../config/commonKeys.js";
import { section } from "../config/fields.js";
import { gradientNormKey, onPolicyLegworkKeys } from "../onPolicy/config.js";

/** A behaviour that asynchronous advantage actor-critic trains (Mnih et al. 2016, "Asynchronous Methods for Deep Reinforcement Learning"). */
export const a3cSchema = section(
  {
    trainer_type: z.literal("a3c"),
    hyperparameters: actorCriticHyperparameters(40),
    ...commonKeys,
    legwork: section({ ...onPolicyLegworkKeys, ...gradientNormKey }),
  },
  commonKeysWithoutEffect,
);
