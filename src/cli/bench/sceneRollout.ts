import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import type { AgentEnv } from "../../env/agentEnv.js";
import { createHeadlessScene } from "../../env/headless.js";
import { createSceneEnv } from "../../env/sceneEnv.js";
import { RunningStatistics } from "../../nn/runningStatistics.js";
import { Random } from "../../random.js";
import type { RolloutBuffer } from "../../rollout/rolloutBuffer.js";
import type { SceneDefinition } from "../../task/scene.js";
import type { PpoConfig } from "../../train/config/trainerConfig.js";
import { hiddenLayers } from "../../train/createTrainer.js";
import { trainingEpisodes } from "../../train/episodes.js";
import { initialState, onPolicyLayout } from "../../train/onPolicy/layout.js";
import { OnPolicyWorker } from "../../train/onPolicy/worker.js";
import type { Plan } from "./compare.js";

/** What the benches of a scene's rollout and physics are told. */
export interface SceneBench extends Plan {
  readonly scene: SceneDefinition;
  readonly config: PpoConfig;
  readonly agents: number;
  /** Decisions of each agent in one block. */
  readonly steps: number;
}

const SEED = 1;

/** A scene's agents in a world of their own; two of these, reset and given the same actions, move alike to the last bit. */
export function createBenchEnv({ scene, config, agents }: SceneBench, havok: HavokPhysicsWithBindings): AgentEnv {
  return createSceneEnv(scene, createHeadlessScene(), havok, {
    agents,
    seed: SEED,
    ...trainingEpisodes(config),
  });
}

/** The rollout of a training run whose policy has not learnt anything yet: what a worker does between two updates. */
export class SceneRollout {
  private constructor(
    private readonly worker: OnPolicyWorker,
    readonly env: AgentEnv,
    private readonly normalizer: RunningStatistics | null,
  ) {}

  static async createAsync(bench: SceneBench, havok: HavokPhysicsWithBindings): Promise<SceneRollout> {
    const { agents, steps } = bench;
    const env = createBenchEnv(bench, havok);
    const { observationSize, actionSpec } = env;
    const { networkSettings, legwork, hyperparameters } = bench.config;
    const config = {
      ...bench.config,
      hyperparameters: { ...hyperparameters, bufferSize: agents * steps },
    } as PpoConfig;
    const { activation, initialStd } = legwork;
    const hidden = hiddenLayers(config);
    const layout = onPolicyLayout({ observationSize, actionSpec, activation, hidden });
    const random = new Random(SEED);
    const state = initialState(layout, initialStd, random);
    const worker = await OnPolicyWorker.createAsync({ env, config, layout, state, random, workers: 1 });
    return new SceneRollout(worker, env, networkSettings.normalize ? new RunningStatistics(observationSize) : null);
  }

  /** What the last `collect` did. */
  get buffer(): RolloutBuffer {
    return this.worker.buffer;
  }

  /** Sense, decide, act, step, reward, begin episodes anew: one block. */
  collect(): void {
    this.worker.collect({ normalizer: this.normalizer?.state() ?? null });
  }

  dispose(): void {
    this.worker.dispose();
  }
}
