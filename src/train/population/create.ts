import { InputError } from "../../inputError.js";
import { Random } from "../../random.js";
import type { PopulationConfig } from "../config/trainerConfig.js";
import { type CreatedTrainer, crewThreads, hiddenLayers, type TrainerRequest } from "../createTrainer.js";
import type { ParallelConfig } from "../parallelism.js";
import { ThreadPopulationCrew } from "./crew.js";
import { initialPolicy, type PolicyLayout, policyLayout } from "./layout.js";
import type { Search, SearchStart } from "./search.js";
import { PopulationTrainer } from "./trainer.js";

/** The search that a configuration asks for. */
export type CreateSearch<C> = (config: C, start: SearchStart, random: Random) => Search;

/**
 * A search over the parameters of a policy, with a crew of threads that try candidates out.
 * @throws InputError for a backend: there is nothing to compute on one
 */
export async function createPopulationAsync<C extends ParallelConfig & PopulationConfig>(
  request: TrainerRequest<C>,
  createSearch: CreateSearch<C>,
): Promise<CreatedTrainer> {
  const { config, seed, backend, env } = request;
  if (backend !== "auto" && backend !== "cpu") {
    throw new InputError(
      `${config.trainerType} computes nothing on --backend ${backend}; leave it out, or write auto or cpu.`,
    );
  }
  const { observationClip, activation } = config.legwork;
  const { observationSize, actionSpec } = env;
  const layout = policyLayout({ observationSize, actionSpec, activation, hidden: hiddenLayers(config) });
  const random = new Random(seed);
  const search = createSearch(config, searchStart(config, layout, random), random);
  const crew = new ThreadPopulationCrew({ ...crewThreads(request), layout, observationClip });
  return {
    trainer: new PopulationTrainer({ crew, search, layout, config, random }),
    backend: "cpu",
    reason: null,
    runEpisodesAsync: (...episodes) => crew.runEpisodesAsync(...episodes),
  };
}

export function searchStart(config: PopulationConfig, layout: PolicyLayout, random: Random): SearchStart {
  return { mean: initialPolicy(layout, random), std: config.hyperparameters.initialStd };
}
