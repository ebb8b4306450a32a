import { Random } from "../../random.js";
import type { PpoConfig } from "../config/trainerConfig.js";
import { type CreatedTrainer, hiddenLayers, type TrainerRequest } from "../createTrainer.js";
import type { ParallelConfig } from "../parallelism.js";
import { createLearnerAsync } from "./createLearner.js";
import { initialState, ppoLayout } from "./parameters.js";
import { ThreadCrew } from "./threadCrew.js";
import { PpoTrainer, ppoSettings } from "./train.js";

/** PPO with a crew of threads. */
export async function createPpoAsync(request: TrainerRequest<ParallelConfig & PpoConfig>): Promise<CreatedTrainer> {
  const { config, seed, backend, env, workerEnv, startThread, gpuProblem, say } = request;
  const { legwork } = config;
  const layout = ppoLayout({
    observationSize: env.observationSize,
    actionSpec: env.actionSpec,
    activation: legwork.activation,
    hidden: hiddenLayers(config),
  });
  const crew = new ThreadCrew({ startThread, workers: legwork.numWorkers, env: workerEnv, config, layout, say });
  const random = new Random(seed);
  const chosen = await createLearnerAsync({
    backend,
    layout,
    state: initialState(layout, legwork.initialStd, new Random(seed)),
    settings: ppoSettings(config, 0),
    maxGradNorm: legwork.maxGradNorm,
    random: random.split(),
    workers: legwork.numWorkers,
    gpuProblem,
  });
  const initialAction = legwork.initialAction === "start" ? env.startAction?.() : undefined;
  const { learner, ...where } = chosen;
  const parts = { crew, layout, config, random, learner, say, ...(initialAction && { initialAction }) };
  return {
    trainer: new PpoTrainer(parts),
    ...where,
    runEpisodesAsync: (...episodes) => crew.runEpisodesAsync(...episodes),
  };
}
