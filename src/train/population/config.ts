import { z } from "zod";
import { commonKeys, commonKeysWithoutEffect, commonLegworkKeys } from "../config/commonKeys.js";
import { count, type NumberRange, number, positive, section } from "../config/fields.js";

/** 2, 3, 4 … */
export const several: NumberRange = {
  allowed: "an integer of at least 2",
  contains: (x) => Number.isSafeInteger(x) && x >= 2,
};

/** A behaviour that a search over the parameters of its policy trains; `own` are the hyperparameters of one algorithm. */
export function populationSchema<Name extends string, Own extends z.ZodRawShape>(name: Name, own: Own) {
  return section(
    {
      trainer_type: z.literal(name),
      hyperparameters: section({
        /** Standard deviation of every parameter among the first candidates. */
        initial_std: number(positive, 0.5),
        /** Whole episodes whose mean return is a candidate's score. */
        episodes_per_candidate: number(count, 1),
        ...own,
      }),
      ...commonKeys,
      legwork: section(commonLegworkKeys),
    },
    commonKeysWithoutEffect,
  );
}
