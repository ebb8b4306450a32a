import { InputError } from "../../inputError.js";
import { Random } from "../../random.js";
import type { SacConfig } from "../config/trainerConfig.js";
import { type CreatedTrainer, hiddenLayers, type TrainerRequest } from "../createTrainer.js";
import type { ParallelConfig } from "../parallelism.js";
import { ThreadSacCrew } from "./crew.js";
import { SacKernelLearner } from "./kernelLearner.js";
import { initialSacState, sacLayout } from "./parameters.js";
import { SacTrainer } from "./train.js";

/**
 * SAC with a crew of threads that explore; it learns in this thread.
 * @throws InputError for discrete actions, and for a backend that it does not run on
 */
export async function createSacAsync(request: TrainerRequest<ParallelConfig & SacConfig>): Promise<CreatedTrainer> {
  const { config, seed, backend, env, workerEnv, startThread, say } = request;
  const { legwork, hyperparameters } = config;
  const { continuous, discrete } = env.actionSpec;
  if (discrete.length > 0) throw new InputError("SAC needs continuous actions, and this scene has discrete ones.");
  if (backend !== "auto" && backend !== "wasm") {
    throw new InputError(`SAC learns on --backend wasm; ${backend} is not offered yet.`);
  }
  const layout = sacLayout({
    observationSize: env.observationSize,
    actionSize: continuous,
    activation: legwork.activation,
    hidden: hiddenLayers(config),
  });
  const random = new Random(seed);
  const { observationClip, initialStd, numWorkers: workers } = legwork;
  const { batchSize: rows, initEntcoef: initialAlpha } = hyperparameters;
  const state = initialSacState(layout, { initialStd, initialAlpha, random });
  const learner = await SacKernelLearner.createAsync({ layout, state, rows, random: random.split() });
  const steps = config.timeHorizon;
  const crew = new ThreadSacCrew({ startThread, workers, env: workerEnv, layout, observationClip, steps, say });
  return {
    trainer: new SacTrainer({ crew, learner, layout, config, random }),
    backend: "wasm",
    reason: null,
    runEpisodesAsync: (...episodes) => crew.runEpisodesAsync(...episodes),
  };
}
