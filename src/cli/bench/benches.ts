import { availableParallelism } from "node:os";
import { scenes } from "../../../scenes/index.js";
import type { SceneDefinition } from "../../task/scene.js";
import type { PpoConfig } from "../../train/config/trainerConfig.js";
import type { BenchLine } from "./compare.js";
import { GYMNASIUM_BODIES } from "./gymnasiumBodies.js";
import { benchInference } from "./inference.js";
import { benchLearner, MINIBATCH_SIZES } from "./learner.js";
import { loadMujocoAsync } from "./mujoco.js";
import { benchMujoco } from "./mujocoSpeed.js";
import { benchPhysicsAsync } from "./physics.js";
import { PyTorch, type TimedTrainer } from "./pytorch.js";
import { benchRolloutAsync } from "./rollout.js";
import { benchSacLearner, SAC_SIZES } from "./sacLearner.js";
import { benchTraining } from "./training.js";
import { benchWorkersAsync } from "./workers.js";

/** A scene with its own configuration and the number of agents that was asked for. */
export interface BenchScene {
  readonly scene: SceneDefinition;
  readonly module: URL;
  readonly config: PpoConfig;
}

export interface BenchSettings {
  /** The scene that was asked for; without it each bench takes its own. */
  readonly scene: string | undefined;
  /** Default: the scene's configuration's. */
  readonly numAgents: number | undefined;
  /** Whose gradient steps are timed. */
  readonly trainer: TimedTrainer;
  /** Seeds of the training runs. */
  readonly seeds: readonly number[];
  readonly loadSceneAsync: (name: string) => Promise<BenchScene>;
  /** Tells people what they should know, apart from the figures. */
  readonly note: (text: string) => void;
}

const DEFAULT_SCENE = "hopper";
const DEFAULT_AGENTS = 32;
/** Of all agents in one block of a rollout. */
const BLOCK_DECISIONS = 2048;

/** The benches by name; all but `train` have lengths that give steady medians within about twenty seconds for each line. */
export const BENCHES: Readonly<Record<string, (settings: BenchSettings) => AsyncIterable<BenchLine>>> = {
  async *rollout({ scene: name = DEFAULT_SCENE, loadSceneAsync }) {
    const { scene, module, config } = await loadSceneAsync(name);
    const agents = config.legwork.numAgents ?? DEFAULT_AGENTS;
    const steps = Math.ceil(BLOCK_DECISIONS / agents);
    yield await benchRolloutAsync({ scene, config, agents, steps, warmUp: 15, blocks: 60 });
    const workers = availableParallelism();
    // Blocks long enough for the moments in which the machine serves somebody else to fall on all workers alike.
    yield await benchWorkersAsync({ scene, module, config, agents, workers, steps: 4 * steps, warmUp: 2, blocks: 15 });
  },
  async *physics({ scene: name, numAgents, loadSceneAsync, note }) {
    for (const each of name === undefined ? Object.keys(scenes) : [name]) {
      const { scene, config } = await loadSceneAsync(each);
      const agents = config.legwork.numAgents ?? DEFAULT_AGENTS;
      yield await benchPhysicsAsync({ scene, config, agents, steps: 16, warmUp: 10, blocks: 30 });
    }
    const bodies = Object.keys(GYMNASIUM_BODIES).filter((body) => name === undefined || name === body);
    if (bodies.length === 0) return;
    const mujoco = await loadMujocoAsync();
    if (!mujoco) note("There is no MuJoCo to compare with: the package @mujoco/mujoco is not installed.");
    yield* benchMujoco({ bodies, agents: numAgents ?? DEFAULT_AGENTS, seconds: 0.5, mujoco, warmUp: 5, blocks: 20 });
  },
  async *learner({ trainer, note }) {
    const reference = await PyTorch.startAsync(trainer);
    if (!reference) note("There is no PyTorch to compare with: python3 cannot import torch.");
    try {
      const plan = { blockMilliseconds: 30, reference, warmUp: 5, blocks: 30 };
      if (trainer === "ppo") yield* benchLearner({ sizes: MINIBATCH_SIZES, ...plan });
      else yield* benchSacLearner({ sizes: SAC_SIZES, ...plan });
    } finally {
      reference?.dispose();
    }
  },
  async *train({ scene: name = DEFAULT_SCENE, seeds, loadSceneAsync, note }) {
    yield* benchTraining({ ...(await loadSceneAsync(name)), seeds, note });
  },
  async *inference({ scene: name = DEFAULT_SCENE, loadSceneAsync }) {
    const { scene, config } = await loadSceneAsync(name);
    yield* benchInference({ scene, config, batches: [1, 64], iterations: 50, warmUp: 10, blocks: 40 });
  },
};
