import type { VectorEnv } from "../../env/vectorEnv.js";
import { InputError } from "../../inputError.js";
import type { Backend } from "../../nn/backend.js";
import { type ActionSpec, actionSize } from "../../policy/policy.js";
import { Random } from "../../random.js";
import type { OffPolicyConfig } from "../config/trainerConfig.js";
import {
  type CreatedTrainer,
  crewThreads,
  hiddenLayers,
  requireBackend,
  type TrainerRequest,
} from "../createTrainer.js";
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
 * @param takes whether discrete actions, where a scene has no others, are welcome too
 * @throws InputError for actions that it cannot learn, and for a backend that it does not run on
 */
export async function createOffPolicyAsync<C extends ParallelConfig & OffPolicyConfig>(
  request: TrainerRequest<C>,
  algorithm: (config: C, shape: ActorCriticShape) => OffPolicyAlgorithm,
  takes: "continuous" | "continuous or discrete" = "continuous",
): Promise<CreatedTrainer> {
  const { config, seed, backend, env } = request;
  const { legwork, trainerType } = config;
  const name = trainerType.toUpperCase();
  checkActions(name, env.actionSpec, takes);
  const shape = actorCriticShape(config, env);
  const { layout, exploration, backends, createLearnerAsync } = algorithm(config, shape);
  requireBackend(shape.discrete ? `${name} of discrete actions` : name, request, backends);
  const chosen = backend === "auto" ? backends[0] : backend;
  const random = new Random(seed);
  const learner = await createLearnerAsync(random, chosen);
  const { observationClip, collectSteps: steps } = legwork;
  const crew = new ThreadExplorerCrew({ ...crewThreads(request), layout, exploration, observationClip, steps });
  return {
    trainer: new OffPolicyTrainer({ crew, learner, layout, exploration, config, random }),
    backend: chosen,
    reason: null,
    runEpisodesAsync: (...episodes) => crew.runEpisodesAsync(...episodes),
  };
}

/** The networks that a configuration asks for, of an environment whose actions are all continuous or all discrete. */
export function actorCriticShape(
  config: OffPolicyConfig,
  { observationSize, actionSpec }: Pick<VectorEnv, "observationSize" | "actionSpec">,
): ActorCriticShape {
  const { discrete } = actionSpec;
  return {
    observationSize,
    actionSize: actionSize(actionSpec),
    ...(discrete.length > 0 && { discrete }),
    activation: config.legwork.activation,
    hidden: hiddenLayers(config),
  };
}

function checkActions(name: string, { continuous, discrete }: ActionSpec, takes: string): void {
  if (discrete.length === 0) return;
  if (takes === "continuous") {
    throw new InputError(`${name} needs continuous actions, and this scene has discrete ones.`);
  }
  if (continuous > 0) {
    throw new InputError(`${name} needs actions that are all continuous or all discrete, and this scene has both.`);
  }
}
