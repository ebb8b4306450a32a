import type { Random } from "../../random.js";
import type { CmaEsConfig } from "../config/trainerConfig.js";
import type { CreatedTrainer, TrainerRequest } from "../createTrainer.js";
import type { ParallelConfig } from "../parallelism.js";
import { createPopulationAsync } from "../population/create.js";
import type { SearchStart } from "../population/search.js";
import { CmaEs } from "./search.js";

/** Parameters up to which `auto` adapts all covariances: the eigenvectors of a larger matrix take longer than episodes. */
const LARGEST_FULL = 400;

export function createCmaEsAsync(request: TrainerRequest<ParallelConfig & CmaEsConfig>): Promise<CreatedTrainer> {
  return createPopulationAsync(request, cmaEs);
}

/** Covariance matrix adaptation (Hansen 2016), with a diagonal matrix (Ros and Hansen 2008) where the network is large. */
export function cmaEs({ hyperparameters: h }: CmaEsConfig, start: SearchStart, random: Random): CmaEs {
  const largest = h.covariance === "auto" ? LARGEST_FULL : h.covariance === "full" ? Number.POSITIVE_INFINITY : 0;
  const covariance = start.mean.length <= largest ? "full" : "diagonal";
  return new CmaEs({ ...start, population: h.populationSize, covariance, random });
}
