import type { SacConfig } from "../config/trainerConfig.js";
import type { CreatedTrainer, TrainerRequest } from "../createTrainer.js";
import { createOffPolicyAsync, type OffPolicyAlgorithm } from "../offPolicy/create.js";
import type { Exploration } from "../offPolicy/exploration.js";
import type { ActorCriticShape } from "../offPolicy/layout.js";
import type { ParallelConfig } from "../parallelism.js";
import { DiscreteSacLearner } from "./discreteLearner.js";
import { SacKernelLearner } from "./kernelLearner.js";
import { initialSacState, sacLayout } from "./state.js";

export function createSacAsync(request: TrainerRequest<ParallelConfig & SacConfig>): Promise<CreatedTrainer> {
  return createOffPolicyAsync(request, sac, "continuous or discrete");
}

/**
 * Soft actor-critic (Haarnoja et al. 2018, arXiv 1812.05905): twin critics, a tanh-squashed Gaussian policy and a
 * temperature that keeps its entropy near a target. Of discrete actions it is Christodoulou's (2019, arXiv 1910.07207):
 * categorical policies, and critics that value every option.
 */
export function sac({ hyperparameters, legwork }: SacConfig, shape: ActorCriticShape): OffPolicyAlgorithm {
  const layout = sacLayout(shape);
  const { batchSize: rows, initEntcoef: initialAlpha, tau } = hyperparameters;
  const { initialStd, targetEntropy, noiseSteps } = legwork;
  const exploration: Exploration = { kind: "policy", steps: noiseSteps };
  const start = { initialStd, initialAlpha };
  if (shape.discrete) {
    return {
      layout,
      exploration,
      backends: ["wasm"],
      createLearnerAsync: (random) => {
        const state = initialSacState(layout, { ...start, random });
        return DiscreteSacLearner.createAsync({ layout, state, settings: { tau, targetEntropy }, rows });
      },
    };
  }
  const settings = { tau, targetEntropy: targetEntropy ?? -shape.actionSize };
  return {
    layout,
    exploration,
    backends: ["wasm", "webgpu", "cpu"],
    createLearnerAsync: async (random, backend) => {
      const state = initialSacState(layout, { ...start, random });
      const options = { layout, state, settings, random: random.split() };
      if (backend === "wasm") return SacKernelLearner.createAsync({ ...options, rows });
      // tfjs is loaded only where it is needed.
      const [{ selectBackendAsync }, { SacTensorLearner }] = await Promise.all([
        import("../../nn/backend.js"),
        import("./tensorLearner.js"),
      ]);
      await selectBackendAsync(backend);
      return new SacTensorLearner(options);
    },
  };
}
