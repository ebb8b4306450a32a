import { notNegative, number, positive } from "../config/fields.js";
import { populationSchema, several } from "../population/config.js";

/** A behaviour that relative entropy policy search trains (Peters, Mülling and Altün 2010), over whole episodes. */
export const repsSchema = populationSchema("reps", {
  /** Candidates of a generation. */
  population_size: number(several, 40),
  /** ε: the most that the weights of a generation may differ from equal ones, as a KL divergence in nats. */
  kl_target: number(positive, 1),
  /** Standard deviation that is added to that of every generation. */
  extra_std: number(notNegative, 0.03),
});
