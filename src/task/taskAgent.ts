import { CharacterAgent, type CharacterOptions, controlDt } from "../agent/characterAgent.js";
import { EnvironmentParameters } from "../agent/environmentParameters.js";
import { Pace } from "../body/pace.js";
import type { PhysicsWorld } from "../body/world.js";
import type { Random } from "../random.js";
import type { CommandSource } from "./commands.js";
import { Feet } from "./feet.js";
import { EpisodeMeasures } from "./measures.js";
import type { RewardSettings } from "./resolve.js";
import { RewardTerms } from "./rewardTerms.js";
import type { SceneDefinition } from "./scene.js";
import { randomStart } from "./startNoise.js";
import type { StartNoise, TaskState } from "./task.js";
import { BodyVariation, ObservationVariation } from "./variation.js";

export interface TaskAgentOptions extends CharacterOptions {
  /** Draws the starts of this agent's episodes. */
  readonly random: Random;
  /** Reward terms and weights that differ from the task's. */
  readonly rewards?: RewardSettings;
  /** Default: the task's. */
  readonly episodeSeconds?: number;
}

/** A character with a task: begins episodes, adds up rewards, ends episodes. */
export class TaskAgent extends CharacterAgent implements TaskState {
  readonly dt: number;
  /** This agent's own values, drawn for each episode from what the academy's parameters say. */
  readonly parameters = new EnvironmentParameters();
  readonly previousRoot = new Float32Array(3);
  previousAction = new Float32Array(0);
  /** Where the root part was when the episode began, m. */
  readonly startRoot = new Float32Array(3);
  /** Called after each control step, with the new state and before the episode can end. */
  onControlStep: (() => void) | null = null;
  private readonly scene: SceneDefinition;
  private readonly random: Random;
  private readonly startNoise: StartNoise;
  private watchedFeet: Feet | null = null;
  private watchedPace: Pace | null = null;
  private readonly commands: CommandSource | null;
  private readonly bodyVariation: BodyVariation;
  private observationVariation: ObservationVariation | null = null;
  private observed = new Float32Array(0);
  private readonly episodeMeasures: EpisodeMeasures;
  private reached = false;
  private readonly startHeights: Float32Array;
  private terms: RewardTerms;

  constructor(world: PhysicsWorld, scene: SceneDefinition, options: TaskAgentOptions) {
    super(world, scene.character, options);
    this.scene = scene;
    this.random = options.random;
    this.startNoise = scene.task.startNoise ?? {};
    this.dt = controlDt(scene.character);
    this.bodyVariation = new BodyVariation(this.body);
    this.commands = scene.task.commands?.() ?? null;
    this.episodeMeasures = new EpisodeMeasures(scene.task.measures);
    this.startHeights = Float32Array.from(this.body.spec.parts, (_, part) => this.body.heightAbove(part));
    this.terms = this.createTerms(options.rewards);
    const seconds = options.episodeSeconds ?? scene.task.episodeSeconds;
    this.maxStep = Math.round(seconds / this.dt) * scene.character.decisionPeriod;
  }

  /** Watched from the first look on: contacts cost something, and not every task has a use for them. */
  get feet(): Feet {
    this.watchedFeet ??= new Feet(this.body, this.startHeights);
    return this.watchedFeet;
  }

  /** Watched from the first look on, too. */
  get pace(): Pace {
    if (!this.watchedPace) {
      this.watchedPace = new Pace(this.body);
      this.watchedPace.begin();
    }
    return this.watchedPace;
  }

  get action(): Float32Array {
    return this.lastAction;
  }

  get seconds(): number {
    return this.stepCount * this.scene.character.clock.physicsDt;
  }

  /** What is known of the episode beside its rewards. */
  get measures(): Readonly<Record<string, number>> {
    return {
      forwardSpeed: this.forwardSpeed,
      ...(this.scene.task.succeeded ? { reached: this.reached ? 1 : 0 } : {}),
      ...this.episodeMeasures.means(),
      ...this.commands?.measures?.(),
    };
  }

  /** Other rewards from now on. @throws InputError when they cannot be */
  setRewards(rewards: RewardSettings): void {
    this.terms = this.createTerms(rewards);
    this.terms.scale(this.parameters);
  }

  startHeight(part: number): number {
    return this.startHeights[part]! * this.body.size;
  }

  /** Mean speed along +z since the episode began, m/s. */
  get forwardSpeed(): number {
    return this.seconds > 0 ? (this.body.positions[2]! - this.startRoot[2]!) / this.seconds : 0;
  }

  override onEpisodeBegin(): void {
    this.parameters.drawFrom(this.academy.environmentParameters, this.random);
    this.terms.scale(this.parameters);
    this.bodyVariation.apply(this.parameters, this.random);
    this.body.reset(randomStart(this.body, this.startNoise, this.random, this.scene.task.startClearance));
    if (this.previousAction.length === 0) this.previousAction = new Float32Array(this.lastAction.length);
    this.previousAction.fill(0);
    this.rememberRoot(this.previousRoot);
    this.rememberRoot(this.startRoot);
    this.watchedFeet?.begin();
    this.watchedPace?.begin();
    this.episodeMeasures.begin();
    this.reached = false;
    this.command.reset();
    this.commands?.begin(this, this.random);
    this.beginObserving();
  }

  /** With noise and delay where the parameters ask for them. */
  override writeObservation(out: Float32Array, offset: number): void {
    if (this.observationVariation?.active) this.observationVariation.write(out, offset);
    else super.writeObservation(out, offset);
  }

  override onDecisionStepEnd(): void {
    super.onDecisionStepEnd();
    this.watchedFeet?.update(this.dt);
    this.watchedPace?.update(this.dt);
    this.terms.add(this);
    this.onControlStep?.();
    this.episodeMeasures.add(this);
    this.reached = this.scene.task.succeeded?.(this) ?? false;
    const fallen = this.scene.task.fallen(this);
    const { fallReward } = this.scene.task;
    if (fallen && fallReward !== undefined) this.setReward(fallReward);
    const over = this.reached || fallen;
    const { lastAction, previousAction } = this;
    for (let i = 0; i < lastAction.length; i++) previousAction[i] = lastAction[i]!;
    this.rememberRoot(this.previousRoot);
    // Rewards are for what was asked; what is asked next is what the next decision will see.
    this.commands?.step(this, this.random);
    this.observe();
    if (over) this.endEpisode();
  }

  private createTerms(settings?: RewardSettings): RewardTerms {
    const { task, character } = this.scene;
    return new RewardTerms(task, character.body, this.rewards, settings);
  }

  private beginObserving(): void {
    this.observationVariation ??= new ObservationVariation(this.observationSize, this.random);
    this.observationVariation.begin(this.parameters);
    if (!this.observationVariation.active) return;
    if (this.observed.length === 0) this.observed = new Float32Array(this.observationSize);
    super.writeObservation(this.observed, 0);
    this.observationVariation.fill(this.observed);
  }

  private observe(): void {
    if (!this.observationVariation?.active) return;
    super.writeObservation(this.observed, 0);
    this.observationVariation.note(this.observed);
  }

  private rememberRoot(out: Float32Array): void {
    for (let i = 0; i < 3; i++) out[i] = this.body.positions[i]!;
  }
}
