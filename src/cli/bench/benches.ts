import type { SceneDefinition } from "../../task/scene.js";
import type { TrainerConfig } from "../../train/config/trainerConfig.js";
import type { BenchLine } from "./compare.js";
import { benchInference } from "./inference.js";
import { benchLearner, MINIBATCH_SIZES } from "./learner.js";
import { benchPhysicsAsync } from "./physics.js";
import { PyTorch } from "./pytorch.js";
import { benchRolloutAsync } from "./rollout.js";

export interface BenchSettings {
  readonly scene: SceneDefinition;
  /** The scene's own configuration, with the number of agents that was asked for. */
  readonly config: TrainerConfig;
  /** Tells people what they should know, apart from the figures. */
  readonly note: (text: string) => void;
}

/** The benches by name, each with lengths that give steady medians within about ten seconds. */
export const BENCHES: Readonly<Record<string, (settings: BenchSettings) => AsyncIterable<BenchLine>>> = {
  async *rollout({ scene, config }) {
    yield await benchRolloutAsync({
      scene,
      config,
      agents: config.legwork.numAgents,
      steps: 32,
      warmUp: 15,
      blocks: 80,
    });
  },
  async *physics({ scene, config }) {
    yield await benchPhysicsAsync({
      scene,
      config,
      agents: config.legwork.numAgents,
      steps: 32,
      warmUp: 15,
      blocks: 60,
    });
  },
  async *learner({ note }) {
    const reference = await PyTorch.startAsync();
    if (!reference) note("There is no PyTorch to compare with: python3 cannot import torch.");
    try {
      yield* benchLearner({ sizes: MINIBATCH_SIZES, blockMilliseconds: 30, reference, warmUp: 5, blocks: 30 });
    } finally {
      reference?.dispose();
    }
  },
  async *inference({ scene, config }) {
    yield* benchInference({ scene, config, batches: [1, 64], iterations: 50, warmUp: 10, blocks: 40 });
  },
};
