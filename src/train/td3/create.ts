import type { DdpgConfig, Td3Config } from "../config/trainerConfig.js";
import type { CreatedTrainer, TrainerRequest } from "../createTrainer.js";
import { createOffPolicyAsync, type OffPolicyAlgorithm } from "../offPolicy/create.js";
import { type ActorCriticShape, actorCriticLayout, initialParameters } from "../offPolicy/layout.js";
import { freshAdam } from "../offPolicy/learner.js";
import type { ParallelConfig } from "../parallelism.js";
import { Td3KernelLearner, type Td3Settings } from "./kernelLearner.js";

export function createTd3Async(request: TrainerRequest<ParallelConfig & Td3Config>): Promise<CreatedTrainer> {
  return createOffPolicyAsync(request, td3);
}

/**
 * Twin delayed deep deterministic policy gradient (Fujimoto et al. 2018, arXiv 1802.09477): DDPG with the lower of two
 * critics, a late actor, and noise on the targets' actions.
 */
export function td3(config: Td3Config, shape: ActorCriticShape): OffPolicyAlgorithm {
  const { tau, policyDelay, targetNoiseStd, targetNoiseClip } = config.hyperparameters;
  return deterministic(config, shape, 2, { tau, policyDelay, targetNoiseStd, targetNoiseClip });
}

/** A deterministic actor that follows the gradient of its critic, or of the first of two. */
export function deterministic(
  { hyperparameters }: Td3Config | DdpgConfig,
  shape: ActorCriticShape,
  critics: 1 | 2,
  settings: Td3Settings,
): OffPolicyAlgorithm {
  const layout = actorCriticLayout(shape, { headsPerAction: 1, critics, targetActor: true });
  const { batchSize: rows, actionNoise: kind, actionNoiseStd: std } = hyperparameters;
  const { actorSize, learntSize } = layout;
  return {
    layout,
    exploration: { kind, std },
    backends: ["wasm"],
    createLearnerAsync: (random) => {
      const parameters = initialParameters(layout, random);
      const adam = { actor: freshAdam(actorSize), critics: freshAdam(learntSize - actorSize) };
      const state = { parameters, adam };
      return Td3KernelLearner.createAsync({ layout, state, settings, rows, random: random.split() });
    },
  };
}
