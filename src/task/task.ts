import type { EnvironmentParameters } from "../agent/environmentParameters.js";
import type { ArticulatedBody } from "../body/articulatedBody.js";
import { InputError } from "../inputError.js";

/** What rewards and endings may look at, after each control step. */
export interface TaskState {
  readonly body: ArticulatedBody;
  /** The action that was just carried out, in [−1, 1]. */
  readonly action: Float32Array;
  /** The one before; zeros at the start of an episode. */
  readonly previousAction: Float32Array;
  /** Seconds of one control step. */
  readonly dt: number;
  /** Seconds since the episode began. */
  readonly seconds: number;
  /** Where the root part was one control step ago, m. */
  readonly previousRoot: Float32Array;
  readonly parameters: EnvironmentParameters;
}

/** One quantity to be rewarded, without a weight or sign of its own; say its unit beside it. */
export type RewardTerm = (state: TaskState) => number;

/** How far a start may differ from the body's start pose; each value is drawn uniformly from ± this. */
export interface StartNoise {
  /** rad (m for sliders); cut at the joint's limits. */
  readonly jointValues?: number;
  /** rad/s (m/s) */
  readonly jointRates?: number;
  /** Lean of the whole body about a horizontal axis (the normal of a planar body), rad. */
  readonly lean?: number;
  /** Turn about the vertical, rad; not for planar bodies. */
  readonly yaw?: number;
  /** Velocity of the whole body along each axis that it can move on, m/s. */
  readonly velocity?: number;
}

/** When a trained policy counts as good enough to stop training. */
export interface SolvedBar {
  readonly survivedFraction: number;
  /** m/s */
  readonly forwardSpeed: number;
}

/**
 * What the character should do. Rewards are a record of named terms; weights share its keys and carry the sign. The
 * reward of a control step is the sum of weight × term.
 */
export interface TaskDefinition<Term extends string = string> {
  readonly episodeSeconds: number;
  readonly rewards: Readonly<Record<Term, RewardTerm>>;
  readonly weights: Readonly<Record<Term, number>>;
  /** True when the episode has failed: the character has fallen. */
  readonly fallen: (state: TaskState) => boolean;
  readonly startNoise?: StartNoise;
  /** Environment parameters that the task reads, with their defaults; `--set name=value` changes them. */
  readonly parameters?: Readonly<Record<string, number>>;
  readonly solved?: SolvedBar;
}

/**
 * The task's weights with some replaced.
 * @throws InputError for a term that the task does not have or a weight that is not a number.
 */
export function resolveWeights(
  task: TaskDefinition,
  overrides: Readonly<Record<string, number>> = {},
): Readonly<Record<string, number>> {
  for (const [term, weight] of Object.entries(overrides)) {
    if (!Object.hasOwn(task.rewards, term)) {
      throw new InputError(`Reward term "${term}" is unknown, the task has ${Object.keys(task.rewards).join(", ")}.`);
    }
    if (!Number.isFinite(weight))
      throw new InputError(`The weight of reward term "${term}" is ${weight}, it must be a number.`);
  }
  return { ...task.weights, ...overrides };
}

/**
 * The task's environment parameters with some replaced.
 * @throws InputError for a parameter that the task does not read.
 */
export function resolveParameters(
  task: TaskDefinition,
  overrides: Readonly<Record<string, number>> = {},
): Readonly<Record<string, number>> {
  const known = task.parameters ?? {};
  for (const [name, value] of Object.entries(overrides)) {
    if (!Object.hasOwn(known, name)) {
      const allowed = Object.keys(known);
      throw new InputError(
        `Environment parameter "${name}" is unknown, the task ${allowed.length > 0 ? `reads ${allowed.join(", ")}` : "reads none"}.`,
      );
    }
    if (!Number.isFinite(value))
      throw new InputError(`Environment parameter "${name}" is ${value}, it must be a number.`);
  }
  return { ...known, ...overrides };
}
