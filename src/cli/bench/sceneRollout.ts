import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import type { AgentEnv } from "../../env/agentEnv.js";
import { createHeadlessScene } from "../../env/headless.js";
import { createSceneEnv } from "../../env/sceneEnv.js";
import { KernelNetwork } from "../../nn/kernels/kernelNetwork.js";
import { RunningStatistics } from "../../nn/runningStatistics.js";
import { actionSize, maskSize } from "../../policy/policy.js";
import { Random } from "../../random.js";
import { ActionSampler } from "../../rollout/actionSampler.js";
import { type CollectorParts, collectRollout } from "../../rollout/collector.js";
import { DiscountedReturns } from "../../rollout/discountedReturns.js";
import { RolloutBuffer } from "../../rollout/rolloutBuffer.js";
import type { SceneDefinition } from "../../task/scene.js";
import type { TrainerConfig } from "../../train/config/trainerConfig.js";
import type { Plan } from "./compare.js";
import { untrainedNetwork } from "./untrainedNetwork.js";

/** What the benches of a scene's rollout and physics are told. */
export interface SceneBench extends Plan {
  readonly scene: SceneDefinition;
  readonly config: TrainerConfig;
  readonly agents: number;
  /** Decisions of each agent in one block. */
  readonly steps: number;
}

const SEED = 1;

/** A scene's agents in a world of their own; two of these, given the same actions, move alike to the last bit. */
export function createBenchEnv({ scene, config, agents }: SceneBench, havok: HavokPhysicsWithBindings): AgentEnv {
  const { environmentParameters: parameters, legwork } = config;
  const env = createSceneEnv(scene, createHeadlessScene(), havok, {
    agents,
    seed: SEED,
    weights: legwork.rewards,
    parameters,
  });
  env.reset();
  return env;
}

/** The rollout of a training run whose policy has not learnt anything yet, with everything that belongs to it. */
export class SceneRollout {
  /** What the last `collect` did. */
  readonly buffer: RolloutBuffer;
  readonly env: AgentEnv;
  private readonly parts: CollectorParts;

  private constructor(parts: CollectorParts, buffer: RolloutBuffer, env: AgentEnv) {
    this.parts = parts;
    this.buffer = buffer;
    this.env = env;
  }

  static async createAsync(bench: SceneBench, havok: HavokPhysicsWithBindings): Promise<SceneRollout> {
    const { config, agents, steps } = bench;
    const random = new Random(SEED);
    const env = createBenchEnv(bench, havok);
    const { observationSize, actionSpec } = env;
    const network = untrainedNetwork(env, config, random);
    const { observationClip } = config.legwork;
    const { gamma, strength } = config.rewardSignals.extrinsic;
    const parts: CollectorParts = {
      env,
      policy: await KernelNetwork.createAsync(network, agents),
      logStd: network.logStd,
      sampler: new ActionSampler(actionSpec),
      random,
      normalizer: network.normalizer ? new RunningStatistics(observationSize) : null,
      observationClip,
      returns: new DiscountedReturns(agents, gamma),
      rewardStrength: strength,
      onStep: null,
    };
    const buffer = new RolloutBuffer(steps, agents, observationSize, actionSize(actionSpec), maskSize(actionSpec));
    return new SceneRollout(parts, buffer, env);
  }

  /** Sense, decide, act, step, reward, begin episodes anew: one block. */
  collect(): void {
    collectRollout(this.parts, this.buffer);
    this.env.drainEpisodes();
  }

  dispose(): void {
    this.env.dispose();
  }
}
