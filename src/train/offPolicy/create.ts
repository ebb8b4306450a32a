import { InputError } from "../../inputError.js";
import type { Backend } from "../../nn/backend.js";
import { Random } from "../../random.js";
import type { OffPolicyConfig } from "../config/trainerConfig.js";
import { type CreatedTrainer, hiddenLayers, type TrainerRequest } from "../createTrainer.js";
import type { ParallelConfig } from "../parallelism.js";
import { ThreadExplorerCrew } from "./crew.js";
import type { Exploration } from "./exploration.js";
import type { ActorCriticLayout, ActorCriticShape } from "./layout.js";
import type { OffPolicyLearner } from "./learner.js";
import { OffPolicyTrainer } from "./trainer.js";

/** What an algorithm makes of a request: its networks, how it explores with them, and how it learns. */
export interface OffPolicyAlgorithm {
  readonly layout: ActorCriticLayout;
  readonly exploration: Exploration;
  /** What it learns on; the first one unless another is asked for. */
  readonly backends: readonly [Backend, ...Backend[]];
  /** @param random for the weights at first, and for what learning draws */
  createLearnerAsync(random: Random, backend: Backend): Promise<OffPolicyLearner>;
}

/**
 * An off-policy trainer with a crew of threads that explore; it learns in this thread.
 * @throws InputError for discrete actions, and for a backend that it does not run on
 */
export async function createOffPolicyAsync<C extends ParallelConfig & OffPolicyConfig>(
  request: TrainerRequest<C>,
  algorithm: (config: C, shape: ActorCriticShape) => OffPolicyAlgorithm,
): Promise<CreatedTrainer> {
  const { config, seed, backend, env, workerEnv, startThread, say } = request;
  const { legwork, trainerType } = config;
  const name = trainerType.toUpperCase();
  const { continuous, discrete } = env.actionSpec;
  if (discrete.length > 0) throw new InputError(`${name} needs continuous actions, and this scene has discrete ones.`);
  const { layout, exploration, backends, createLearnerAsync } = algorithm(config, {
    observationSize: env.observationSize,
    actionSize: continuous,
    activation: legwork.activation,
    hidden: hiddenLayers(config),
  });
  if (backend !== "auto" && !backends.includes(backend)) {
    throw new InputError(`${name} learns on --backend ${backends.join(", ")}; ${backend} is not offered yet.`);
  }
  const chosen = backend === "auto" ? backends[0] : backend;
  const random = new Random(seed);
  const learner = await createLearnerAsync(random, chosen);
  const { observationClip, numWorkers: workers, collectSteps: steps } = legwork;
  const shared = { layout, exploration, observationClip, steps };
  const crew = new ThreadExplorerCrew({ ...shared, startThread, workers, env: workerEnv, say });
  return {
    trainer: new OffPolicyTrainer({ crew, learner, layout, exploration, config, random }),
    backend: chosen,
    reason: null,
    runEpisodesAsync: (...episodes) => crew.runEpisodesAsync(...episodes),
  };
}
