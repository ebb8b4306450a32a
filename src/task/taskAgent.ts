import { CharacterAgent, type CharacterOptions, controlDt } from "../agent/characterAgent.js";
import type { EnvironmentParameters } from "../agent/environmentParameters.js";
import type { RewardSums } from "../agent/rewardBook.js";
import type { PhysicsWorld } from "../body/world.js";
import type { Random } from "../random.js";
import type { SceneDefinition } from "./scene.js";
import { randomStart } from "./startNoise.js";
import { type RewardTerm, resolveWeights, type StartNoise, type TaskState } from "./task.js";

export interface TaskAgentOptions extends CharacterOptions {
  /** Draws the starts of this agent's episodes. */
  readonly random: Random;
  /** Reward weights that differ from the task's. */
  readonly weights?: Readonly<Record<string, number>>;
  /** Default: the task's. */
  readonly episodeSeconds?: number;
}

/** A character with a task: begins episodes, adds up rewards, ends episodes. */
export class TaskAgent extends CharacterAgent implements TaskState {
  readonly dt: number;
  readonly previousRoot = new Float32Array(3);
  previousAction = new Float32Array(0);
  /** Where the root part was when the episode began, m. */
  readonly startRoot = new Float32Array(3);
  /** Called after each control step, with the new state and before the episode can end. */
  onControlStep: (() => void) | null = null;
  private readonly scene: SceneDefinition;
  private readonly random: Random;
  private readonly startNoise: StartNoise;
  private readonly terms: readonly { sums: RewardSums; weight: number; term: RewardTerm }[];

  constructor(world: PhysicsWorld, scene: SceneDefinition, options: TaskAgentOptions) {
    super(world, scene.character, options);
    this.scene = scene;
    this.random = options.random;
    this.startNoise = scene.task.startNoise ?? {};
    this.dt = controlDt(scene.character);
    const weights = resolveWeights(scene.task, options.weights);
    this.terms = Object.entries(scene.task.rewards)
      .filter(([name]) => weights[name] !== 0)
      .map(([name, term]) => ({ sums: this.rewards.term(name), term, weight: weights[name]! }));
    const seconds = options.episodeSeconds ?? scene.task.episodeSeconds;
    this.maxStep = Math.round(seconds / this.dt) * scene.character.decisionPeriod;
  }

  get action(): Float32Array {
    return this.lastAction;
  }

  get seconds(): number {
    return this.stepCount * this.scene.character.clock.physicsDt;
  }

  get parameters(): EnvironmentParameters {
    return this.academy.environmentParameters;
  }

  /** Mean speed along +z since the episode began, m/s. */
  get forwardSpeed(): number {
    return this.seconds > 0 ? (this.body.positions[2]! - this.startRoot[2]!) / this.seconds : 0;
  }

  override onEpisodeBegin(): void {
    this.body.reset(randomStart(this.body, this.startNoise, this.random));
    if (this.previousAction.length === 0) this.previousAction = new Float32Array(this.lastAction.length);
    this.previousAction.fill(0);
    this.rememberRoot(this.previousRoot);
    this.rememberRoot(this.startRoot);
  }

  override onDecisionStepEnd(): void {
    super.onDecisionStepEnd();
    for (const { sums, weight, term } of this.terms) this.rewards.addTo(sums, weight * term(this));
    this.onControlStep?.();
    const fallen = this.scene.task.fallen(this);
    const { lastAction, previousAction } = this;
    for (let i = 0; i < lastAction.length; i++) previousAction[i] = lastAction[i]!;
    this.rememberRoot(this.previousRoot);
    if (fallen) this.endEpisode();
  }

  private rememberRoot(out: Float32Array): void {
    for (let i = 0; i < 3; i++) out[i] = this.body.positions[i]!;
  }
}
