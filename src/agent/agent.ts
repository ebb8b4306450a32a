import type { Actuator } from "../actuators/actuator.js";
import { joinMirrors, type MirrorMap } from "../body/mirror.js";
import { InputError } from "../inputError.js";
import type { ObservationBlock } from "../policy/modelMetadata.js";
import { type ActionSpec, actionSize } from "../policy/policy.js";
import type { Sensor } from "../sensors/sensor.js";
import { StackedSensor } from "../sensors/stackedSensor.js";
import { VectorSensor } from "../sensors/vectorSensor.js";
import type { Academy } from "./academy.js";
import {
  type ActionBuffers,
  createActionBuffers,
  DiscreteActionMask,
  joinActionSpecs,
  writeActionRow,
} from "./actionBuffers.js";
import { type BehaviorParameters, validateBehavior } from "./behavior.js";
import { DecisionRequester, type DecisionRequesterOptions } from "./decisionRequester.js";
import { RewardBook } from "./rewardBook.js";

/** An agent's observations and continuous actions in the mirror. */
export interface AgentMirror {
  readonly observations: MirrorMap;
  readonly actions: MirrorMap;
}

/** How an episode ended: by itself (the future has no value), or cut by a limit (the future still has one). */
export type EpisodeEnd = "terminated" | "truncated";

export interface AgentOptions {
  /** Steps of the academy after which the episode is cut; 0 = never. Default 0. */
  readonly maxStep?: number;
  /** Null: the agent calls `requestDecision` itself. */
  readonly decisionRequester?: DecisionRequesterOptions | null;
}

/**
 * Something that observes, acts and is rewarded; subclass it, or use `CharacterAgent`. The life cycle and the names are
 * those of ML-Agents.
 *
 * `academy.add(agent)` calls `initialize` and begins the first episode. In each step the academy lets agents decide,
 * carries actions out, steps the world and counts.
 */
export abstract class Agent {
  readonly decisionRequester: DecisionRequester | null;
  maxStep: number;
  /** Academy steps since the episode began. */
  stepCount = 0;
  completedEpisodes = 0;
  /** Rewards since the last decision and since the episode began, by name. */
  readonly rewards = new RewardBook();
  /** Called when an episode has ended, before the next begins: the final observation can still be read. */
  onEpisodeEnd: ((end: EpisodeEnd) => void) | null = null;

  private readonly sensors: Sensor[] = [];
  private readonly actuators: Actuator[] = [];
  private vectorSensor: VectorSensor | null = null;
  private attached: Attached | null = null;
  private decisionRequested = false;
  private actionRequested = false;

  constructor(
    readonly behavior: BehaviorParameters,
    options: AgentOptions = {},
  ) {
    validateBehavior(behavior);
    this.maxStep = options.maxStep ?? 0;
    this.decisionRequester =
      options.decisionRequester === null ? null : new DecisionRequester(options.decisionRequester ?? {});
  }

  // ── What a subclass fills in ────────────────────────────────────────────────────────────────────────────────────

  /** Called once, when the agent joins the academy: add sensors and actuators here. */
  initialize(): void {}
  /** Put the agent back to a start. */
  onEpisodeBegin(): void {}
  /** Add exactly `vectorObservationSize` numbers. */
  collectObservations(_sensor: VectorSensor): void {}
  /** Forbid options of discrete branches for this decision; all are allowed at first. */
  writeDiscreteActionMask(_mask: DiscreteActionMask): void {}
  /** Carry out what the behaviour's own `actionSpec` declares; actuators have acted already. */
  onActionReceived(_actions: ActionBuffers): void {}
  /** Decide by hand or by rule, for all actions, those of actuators included. */
  heuristic(_actionsOut: ActionBuffers): void {}
  /** Called after the world has stepped and before the next decision is due: the place for rewards and endings. */
  onDecisionStepEnd(): void {}

  // ── What a subclass calls ───────────────────────────────────────────────────────────────────────────────────────

  addSensor<S extends Sensor>(sensor: S): S {
    this.requireDetached("addSensor");
    this.sensors.push(sensor);
    return sensor;
  }

  addActuator<A extends Actuator>(actuator: A): A {
    this.requireDetached("addActuator");
    this.actuators.push(actuator);
    return actuator;
  }

  /** Adds to the reward since the last decision; the name is what logs and plots show. */
  addReward(name: string, value: number): void {
    this.rewards.add(name, value);
  }

  /** Replaces all rewards since the last decision. */
  setReward(value: number): void {
    this.rewards.replace(value);
  }

  /** The task is over: the agent has fallen, or has won. */
  endEpisode(): void {
    this.finish("terminated");
  }

  /** The episode is cut although it could go on, by a time limit for example. */
  episodeInterrupted(): void {
    this.finish("truncated");
  }

  requestDecision(): void {
    this.decisionRequested = true;
    this.actionRequested = true;
  }

  /** Asks to carry the last action out once more. */
  requestAction(): void {
    this.actionRequested = true;
  }

  // ── What the academy and the environment call ───────────────────────────────────────────────────────────────────

  get academy(): Academy {
    return this.parts.academy;
  }
  get observationBlocks(): readonly ObservationBlock[] {
    return this.parts.sensors.map(({ name, size }) => ({ name, size }));
  }
  get observationSize(): number {
    return this.parts.observationSize;
  }
  get actionSpec(): ActionSpec {
    return this.parts.actionSpec;
  }
  get actionNames(): readonly string[] {
    return this.parts.actionNames;
  }

  /**
   * What observations and actions become when everything is seen in the mirror.
   * @throws InputError when the body declares no mirror, or a sensor or actuator has no mirror image
   */
  mirror(): AgentMirror {
    const imageOf = (owner: Sensor | Actuator) => {
      const image = owner.mirror?.();
      if (image) return image;
      throw new InputError(
        `Behaviour "${this.behavior.name}" cannot be mirrored: "${owner.name}" has no mirror image.`,
      );
    };
    const { sensors } = this.parts;
    const opposites = sensors.map(({ opposite }, i) =>
      opposite === undefined ? i : sensors.findIndex(({ name }) => name === opposite),
    );
    return {
      observations: joinMirrors(sensors.map(imageOf), opposites),
      actions: joinMirrors(this.actuators.map(imageOf)),
    };
  }

  /** Continuous actions that ask the body for its start pose. */
  startAction(): readonly number[] {
    const own = new Array<number>(this.parts.own.continuousActions.length).fill(0);
    return [
      ...this.actuators.flatMap(
        (actuator) => actuator.startAction?.() ?? new Array<number>(actuator.actionSpec.continuous).fill(0),
      ),
      ...own,
    ];
  }

  /** Joins an academy; called by `Academy.add`. */
  attach(academy: Academy): void {
    this.requireDetached("Academy.add");
    this.initialize();
    const {
      vectorObservationSize = 0,
      stackedVectors = 1,
      actionSpec = { continuous: 0, discrete: [] },
    } = this.behavior;
    const sensors = [...this.sensors];
    if (vectorObservationSize > 0) {
      this.vectorSensor = new VectorSensor(vectorObservationSize);
      sensors.unshift(stackedVectors > 1 ? new StackedSensor(this.vectorSensor, stackedVectors) : this.vectorSensor);
    }
    const spec = joinActionSpecs([...this.actuators.map((actuator) => actuator.actionSpec), actionSpec]);
    if (actionSize(spec) === 0) throw new InputError(`Behaviour "${this.behavior.name}" has no actions.`);
    const ownNames = [
      ...Array.from({ length: actionSpec.continuous }, (_, i) => `continuous ${i}`),
      ...actionSpec.discrete.map((_, i) => `branch ${i}`),
    ];
    const names = this.actuators.map(({ actionNames, actionSpec: { continuous } }) => ({
      continuous: actionNames.slice(0, continuous),
      discrete: actionNames.slice(continuous),
    }));
    this.attached = {
      academy,
      sensors,
      updating: sensors.filter((sensor) => sensor.update),
      observationSize: sensors.reduce((sum, sensor) => sum + sensor.size, 0),
      actionSpec: spec,
      actionNames: [
        ...names.flatMap(({ continuous }) => continuous),
        ...ownNames.slice(0, actionSpec.continuous),
        ...names.flatMap(({ discrete }) => discrete),
        ...ownNames.slice(actionSpec.continuous),
      ],
      action: new Float32Array(actionSize(spec)),
      decided: new Float32Array(actionSize(spec)),
      buffers: createActionBuffers(spec),
      own: createActionBuffers(actionSpec),
      mask: new DiscreteActionMask(spec),
    };
  }

  beginEpisode(): void {
    this.stepCount = 0;
    this.rewards.beginEpisode();
    this.parts.action.fill(0);
    for (const sensor of this.parts.sensors) sensor.reset?.();
    this.onEpisodeBegin();
  }

  /** True when the agent wants a decision in this step; also arms the action. */
  wantsDecision(step: number): boolean {
    const requester = this.decisionRequester;
    if (requester?.decidesAt(step)) this.requestDecision();
    else if (requester?.takeActionsBetweenDecisions) this.requestAction();
    return this.decisionRequested;
  }

  /** @throws InputError when an observation is not a finite number. */
  writeObservation(out: Float32Array, offset: number): void {
    const { sensors, updating, observationSize } = this.parts;
    if (this.vectorSensor) {
      this.vectorSensor.clear();
      this.collectObservations(this.vectorSensor);
    }
    let at = offset;
    for (const sensor of updating) sensor.update!();
    for (const sensor of sensors) {
      sensor.write(out, at);
      at += sensor.size;
    }
    // 0 · x is 0 for every finite x and NaN for all others.
    let zero = 0;
    for (let i = offset; i < offset + observationSize; i++) zero += 0 * out[i]!;
    if (zero !== 0) this.reportBadObservation(out, offset);
  }

  writeMask(out: Float32Array, offset: number): void {
    const { mask } = this.parts;
    mask.reset();
    this.writeDiscreteActionMask(mask);
    mask.check();
    out.set(mask.values, offset);
  }

  /** Takes a decision; continuous actions are cut to [−1, 1]. */
  receiveAction(actions: Float32Array, offset: number): void {
    const { action, actionSpec } = this.parts;
    for (let i = 0; i < action.length; i++) {
      const value = actions[offset + i]!;
      action[i] = i < actionSpec.continuous ? Math.max(-1, Math.min(1, value)) : value;
    }
    this.decisionRequested = false;
  }

  /** Takes the heuristic's decision. */
  decideByHeuristic(): void {
    const { buffers, decided } = this.parts;
    this.heuristic(buffers);
    writeActionRow(buffers, decided);
    this.receiveAction(decided, 0);
  }

  /** Carries the current action out if one was asked for in this step. */
  act(): void {
    if (!this.actionRequested) return;
    this.actionRequested = false;
    const { action, actionSpec, own } = this.parts;
    let continuous = 0;
    let discrete = actionSpec.continuous;
    for (const actuator of this.actuators) {
      actuator.apply(action, continuous, discrete);
      continuous += actuator.actionSpec.continuous;
      discrete += actuator.actionSpec.discrete.length;
    }
    for (let i = 0; i < own.continuousActions.length; i++) own.continuousActions[i] = action[continuous + i]!;
    for (let i = 0; i < own.discreteActions.length; i++) own.discreteActions[i] = action[discrete + i]!;
    this.onActionReceived(own);
  }

  /** The last action carried out, `[actionSize]`, after clipping; a view. */
  get lastAction(): Float32Array {
    return this.parts.action;
  }

  /** Counts a step of the academy that has just been made. */
  countStep(nextStep: number): void {
    this.stepCount++;
    const episodes = this.completedEpisodes;
    if (!this.decisionRequester || this.decisionRequester.decidesAt(nextStep)) this.onDecisionStepEnd();
    if (this.maxStep > 0 && this.stepCount >= this.maxStep && this.completedEpisodes === episodes) {
      this.episodeInterrupted();
    }
  }

  private finish(end: EpisodeEnd): void {
    this.completedEpisodes++;
    this.onEpisodeEnd?.(end);
    this.beginEpisode();
  }

  private get parts(): Attached {
    if (!this.attached) {
      throw new InputError(`This agent of behaviour "${this.behavior.name}" has not been added to an academy yet.`);
    }
    return this.attached;
  }

  private requireDetached(call: string): void {
    if (this.attached) {
      throw new InputError(`${call} comes too late: this agent of "${this.behavior.name}" is in an academy already.`);
    }
  }

  private reportBadObservation(out: Float32Array, offset: number): never {
    let at = offset;
    for (const { name, size } of this.parts.sensors) {
      for (let i = 0; i < size; i++) {
        const value = out[at + i]!;
        if (!Number.isFinite(value)) {
          throw new InputError(
            `Observation ${i} of sensor "${name}" (behaviour "${this.behavior.name}") is ${value}; it must be a finite number.`,
          );
        }
      }
      at += size;
    }
    throw new InputError(`An observation of behaviour "${this.behavior.name}" is not a finite number.`);
  }
}

interface Attached {
  readonly academy: Academy;
  readonly sensors: readonly Sensor[];
  /** Those that have an `update`. */
  readonly updating: readonly Sensor[];
  readonly observationSize: number;
  readonly actionSpec: ActionSpec;
  readonly actionNames: readonly string[];
  readonly action: Float32Array;
  /** Whole action, for the heuristic, and the same as one row. */
  readonly buffers: ActionBuffers;
  readonly decided: Float32Array;
  /** The part that belongs to `onActionReceived`. */
  readonly own: ActionBuffers;
  readonly mask: DiscreteActionMask;
}
