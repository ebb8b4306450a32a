import { choice, numberOrNull } from "../config/fields.js";
import { populationSchema, several } from "../population/config.js";

/** A behaviour that CMA-ES trains (Hansen 2016, "The CMA Evolution Strategy: A Tutorial"). */
export const cmaEsSchema = populationSchema("cma-es", {
  /** Candidates of a generation; null: 4 + 3 log n for n parameters, rounded down. */
  population_size: numberOrNull(several),
  /** All covariances, the variances only, or `auto`: all for up to 400 parameters. */
  covariance: choice(["auto", "full", "diagonal"], "auto"),
});
