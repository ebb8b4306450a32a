import type { EnvironmentParameters, ParameterSource } from "../agent/environmentParameters.js";
import type { MotionCommand } from "../agent/motionCommand.js";
import type { ArticulatedBody } from "../body/articulatedBody.js";
import type { Pace } from "../body/pace.js";
import type { CommandSource } from "./commands.js";
import type { Feet } from "./feet.js";

/** What rewards and endings may look at, after each control step. */
export interface TaskState {
  readonly body: ArticulatedBody;
  readonly feet: Feet;
  /** Its velocity over the ground, averaged over about a step. */
  readonly pace: Pace;
  /** What the character is asked to do. */
  readonly command: MotionCommand;
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
  /** Height of a part's centre above the ground in the body's start pose, m. */
  startHeight(part: number): number;
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

/** When a trained policy counts as good enough to stop training; all that is named has to be met. */
export interface SolvedBar {
  readonly survivedFraction?: number;
  /** m/s */
  readonly forwardSpeed?: number;
  /** Means of the task's own measures that have to be reached. */
  readonly measures?: Readonly<Record<string, number>>;
}

/**
 * What the character should do. Rewards are a record of named terms; weights share its keys and carry the sign. The
 * reward of a control step is the sum of weight × term.
 */
export interface TaskDefinition<Term extends string = string> {
  readonly episodeSeconds: number;
  readonly rewards: Readonly<Record<Term, RewardTerm>>;
  readonly weights: Readonly<Record<Term, number>>;
  /**
   * Terms whose weight is multiplied by an environment parameter, by its name: a curriculum can then give them more or
   * less weight as training goes on.
   */
  readonly scaledBy?: Readonly<Partial<Record<Term, string>>>;
  /** True when the episode has failed: the character has fallen. */
  readonly fallen: (state: TaskState) => boolean;
  /** What a fall replaces the rewards of its control step with, as ML-Agents' `SetReward` does. Default: nothing. */
  readonly fallReward?: number;
  /** True when the goal is reached, which ends the episode too. */
  readonly succeeded?: (state: TaskState) => boolean;
  /** What else to measure: looked at after each control step, averaged over an episode. NaN: does not count in this step. */
  readonly measures?: Readonly<Record<string, (state: TaskState) => number>>;
  readonly startNoise?: StartNoise;
  /** Free space under the body's lowest point at the start, m; it drops from there. Not for fixed roots. Default 0. */
  readonly startClearance?: number;
  /** What the character is asked to do during an episode; see `commands.ts`. Called once per agent. */
  readonly commands?: () => CommandSource;
  /**
   * Environment parameters that the task reads, with their defaults. A trainer's configuration may draw them from
   * samplers; `--set name=value` fixes them.
   */
  readonly parameters?: Readonly<Record<string, ParameterSource>>;
  readonly solved?: SolvedBar;
}
