import { controlDt } from "../agent/characterAgent.js";
import { type Evaluation, runEpisodesAsync, summarizeEpisodes } from "../env/evaluate.js";
import { createHeadlessScene, loadHavokAsync } from "../env/headless.js";
import { createSceneEnv } from "../env/sceneEnv.js";
import { OnnxPolicy } from "../inference/onnxPolicy.js";
import { MlpPolicy } from "../policy/mlpPolicy.js";
import type { PolicyNetwork } from "../policy/network.js";
import type { SceneDefinition } from "../task/scene.js";
import type { TrainerConfig } from "./config/trainerConfig.js";
import { type MetricRecord, measureTag, TAGS } from "./log/metrics.js";

/** Episodes of the quick look that comes before a full evaluation while training. */
const PROBE_EPISODES = 32;
/** A policy is worth that look once sampled episodes last this share of the time limit … */
const HOPEFUL_LENGTH = 0.5;
/** … and go at this share of the speed that is asked for. */
const HOPEFUL_SPEED = 0.9;
const EVALUATION_SEED = 7;

/** Deterministic episodes of the policy under training, in worlds of their own; the same episodes each time. */
export class Evaluator {
  /** The environments of the quick look. */
  readonly env: ReturnType<typeof createSceneEnv>;
  private last: { readonly model: Uint8Array; readonly evaluation: Evaluation } | null = null;

  private constructor(
    private readonly scene: SceneDefinition,
    private readonly config: TrainerConfig,
    private readonly createEnv: (agents: number) => ReturnType<typeof createSceneEnv>,
  ) {
    this.env = createEnv(PROBE_EPISODES);
  }

  static async createAsync(scene: SceneDefinition, config: TrainerConfig): Promise<Evaluator> {
    const havok = await loadHavokAsync();
    return new Evaluator(scene, config, (agents) =>
      createSceneEnv(scene, createHeadlessScene(), havok, {
        agents,
        seed: EVALUATION_SEED,
        weights: config.legwork.rewards,
        parameters: config.environmentParameters,
        gait: true,
      }),
    );
  }

  /**
   * Whether the scene's bar is met. Looks quickly first, and only when training episodes give hope; then judges the
   * exported file itself, so that what counts as solved is what `legwork eval` will find.
   */
  async isSolvedAsync(
    record: MetricRecord,
    networkAsync: () => Promise<PolicyNetwork>,
    exportAsync: () => Promise<Uint8Array>,
  ): Promise<boolean> {
    const { solved, episodeSeconds } = this.scene.task;
    if (!solved) return false;
    const { [TAGS.episodeLength]: length = 0, [measureTag("forwardSpeed")]: speed = 0 } = record.values;
    const longest = episodeSeconds / controlDt(this.scene.character);
    if (length < HOPEFUL_LENGTH * longest || speed < HOPEFUL_SPEED * solved.forwardSpeed) return false;
    const probe = await runEpisodesAsync(this.env, new MlpPolicy(await networkAsync()));
    if (!this.meetsBar(summarizeEpisodes(probe, controlDt(this.scene.character)))) return false;
    return this.meetsBar(await this.evaluateAsync(await exportAsync()));
  }

  /** The full evaluation of an ONNX file. */
  async evaluateAsync(model: Uint8Array): Promise<Evaluation> {
    if (this.last && Buffer.compare(this.last.model, model) === 0) return this.last.evaluation;
    const policy = await OnnxPolicy.LoadAsync(model);
    const env = this.createEnv(this.config.legwork.evaluationEpisodes);
    try {
      const evaluation = summarizeEpisodes(await runEpisodesAsync(env, policy), controlDt(this.scene.character));
      this.last = { model, evaluation };
      return evaluation;
    } finally {
      env.dispose();
      policy.dispose();
    }
  }

  dispose(): void {
    this.env.dispose();
  }

  private meetsBar({ survivedFraction, forwardSpeed }: Evaluation): boolean {
    const { solved } = this.scene.task;
    if (!solved) return false;
    return survivedFraction >= solved.survivedFraction && forwardSpeed.mean >= solved.forwardSpeed;
  }
}
