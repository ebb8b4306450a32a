import type { Random } from "../../random.js";
import type { RepsConfig } from "../config/trainerConfig.js";
import type { CreatedTrainer, TrainerRequest } from "../createTrainer.js";
import type { ParallelConfig } from "../parallelism.js";
import { createPopulationAsync } from "../population/create.js";
import { GaussianSearch } from "../population/gaussianSearch.js";
import type { SearchStart } from "../population/search.js";
import { relativeEntropyWeights } from "./weights.js";

export function createRepsAsync(request: TrainerRequest<ParallelConfig & RepsConfig>): Promise<CreatedTrainer> {
  return createPopulationAsync(request, reps);
}

/** Relative entropy policy search (Peters et al. 2010; Deisenroth et al. 2013, section 2.4.3) over whole episodes. */
export function reps({ hyperparameters: h }: RepsConfig, start: SearchStart, random: Random): GaussianSearch {
  return new GaussianSearch({
    ...start,
    population: h.populationSize,
    weigh: (scores) => relativeEntropyWeights(scores, h.klTarget),
    extraStd: () => h.extraStd,
    random,
  });
}
