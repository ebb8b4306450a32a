import { notNegative, number, positive } from "../config/fields.js";
import { populationSchema, several } from "../population/config.js";

/** A behaviour that reward-weighted regression trains (Peters and Schaal 2007), over whole episodes. */
export const rwrSchema = populationSchema("rwr", {
  /** Candidates of a generation. */
  population_size: number(several, 40),
  /** 1/β, in standard deviations of a generation's returns: the lower, the more only the best candidates count. */
  temperature: number(positive, 0.3),
  /** Standard deviation that is added to that of every generation. */
  extra_std: number(notNegative, 0.03),
});
