import type { Random } from "../../random.js";
import type { RwrConfig } from "../config/trainerConfig.js";
import type { CreatedTrainer, TrainerRequest } from "../createTrainer.js";
import type { ParallelConfig } from "../parallelism.js";
import { createPopulationAsync } from "../population/create.js";
import { GaussianSearch } from "../population/gaussianSearch.js";
import type { SearchStart } from "../population/search.js";
import { rewardWeights } from "./weights.js";

export function createRwrAsync(request: TrainerRequest<ParallelConfig & RwrConfig>): Promise<CreatedTrainer> {
  return createPopulationAsync(request, rwr);
}

/** Reward-weighted regression (Peters and Schaal 2007) of the parameters of a policy on the returns of whole episodes. */
export function rwr({ hyperparameters: h }: RwrConfig, start: SearchStart, random: Random): GaussianSearch {
  return new GaussianSearch({
    ...start,
    population: h.populationSize,
    weigh: (scores) => rewardWeights(scores, h.temperature),
    extraStd: () => h.extraStd,
    random,
  });
}
