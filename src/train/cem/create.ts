import type { Random } from "../../random.js";
import type { CemConfig } from "../config/trainerConfig.js";
import type { CreatedTrainer, TrainerRequest } from "../createTrainer.js";
import type { ParallelConfig } from "../parallelism.js";
import { createPopulationAsync } from "../population/create.js";
import { GaussianSearch } from "../population/gaussianSearch.js";
import type { SearchStart } from "../population/search.js";
import { eliteWeights } from "./weights.js";

export function createCemAsync(request: TrainerRequest<ParallelConfig & CemConfig>): Promise<CreatedTrainer> {
  return createPopulationAsync(request, cem);
}

/**
 * The noisy cross-entropy method (Szita and Lőrincz 2006): the next generation is drawn around the best of this one, with
 * some extra noise at first, without which the search ends too soon.
 */
export function cem({ hyperparameters: h }: CemConfig, start: SearchStart, random: Random): GaussianSearch {
  return new GaussianSearch({
    ...start,
    population: h.populationSize,
    weigh: (scores) => eliteWeights(scores, h.eliteFraction),
    extraStd: (generation) => h.extraStd * Math.max(0, 1 - generation / h.extraGenerations),
    random,
  });
}
