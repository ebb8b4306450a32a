import type { DdpgConfig } from "../config/trainerConfig.js";
import type { CreatedTrainer, TrainerRequest } from "../createTrainer.js";
import { createOffPolicyAsync, type OffPolicyAlgorithm } from "../offPolicy/create.js";
import type { ActorCriticShape } from "../offPolicy/layout.js";
import type { ParallelConfig } from "../parallelism.js";
import { deterministic } from "../td3/create.js";

export function createDdpgAsync(request: TrainerRequest<ParallelConfig & DdpgConfig>): Promise<CreatedTrainer> {
  return createOffPolicyAsync(request, ddpg);
}

/**
 * Deep deterministic policy gradient (Lillicrap et al. 2016, arXiv 1509.02971): one critic, and an actor that follows its
 * gradient. What TD3 adds to it is left out of TD3's learner.
 */
export function ddpg(config: DdpgConfig, shape: ActorCriticShape): OffPolicyAlgorithm {
  const { tau } = config.hyperparameters;
  return deterministic(config, shape, 1, { tau, policyDelay: 1, targetNoiseStd: 0, targetNoiseClip: 0 });
}
