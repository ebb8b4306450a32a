import { z } from "zod";
import { commonKeys, commonKeysWithoutEffect, commonLegworkKeys } from "../config/commonKeys.js";
import { atLeastBatch, section } from "../config/fields.js";
import { offPolicyHyperparameters, offPolicyLegworkKeys, offPolicyWithoutEffect } from "../offPolicy/config.js";
import { actionNoiseKeys } from "../td3/config.js";

/** A behaviour that DDPG trains (Lillicrap et al. 2016, "Continuous control with deep reinforcement learning"). */
export const ddpgSchema = section(
  {
    trainer_type: z.literal("ddpg"),
    hyperparameters: atLeastBatch(section({ ...offPolicyHyperparameters, ...actionNoiseKeys }, offPolicyWithoutEffect)),
    ...commonKeys,
    legwork: section({ ...commonLegworkKeys, ...offPolicyLegworkKeys }),
  },
  commonKeysWithoutEffect,
);
