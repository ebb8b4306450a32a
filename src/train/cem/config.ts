import { count, fraction, notNegative, number } from "../config/fields.js";
import { populationSchema, several } from "../population/config.js";

/** A behaviour that the cross-entropy method trains (Szita and Lőrincz 2006, "Learning Tetris Using the Noisy Cross-Entropy Method"). */
export const cemSchema = populationSchema("cem", {
  /** Candidates of a generation. */
  population_size: number(several, 40),
  /** Share of them that the next generation is made of. */
  elite_fraction: number(fraction, 0.2),
  /** Standard deviation that is added to that of the best, and the generations in which it falls to 0. */
  extra_std: number(notNegative, 0.2),
  extra_generations: number(count, 50),
});
