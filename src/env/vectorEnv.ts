import type { AgentMirror } from "../agent/agent.js";
import type { ParameterSource } from "../agent/environmentParameters.js";
import type { ActionSpec } from "../policy/policy.js";
import type { RewardSettings } from "../task/resolve.js";
import type { RewardFault } from "../task/rewards/code.js";

/** What is known of an episode when it is over. */
export interface EpisodeRecord {
  /** Row of the agent. */
  readonly agent: number;
  /** Sum of rewards. */
  readonly return: number;
  /** Decisions made. */
  readonly length: number;
  readonly end: "terminated" | "truncated";
  /** Sum of each reward term, weight included. */
  readonly terms: Readonly<Record<string, number>>;
  /** Whatever else the task measures, such as `forwardSpeed` in m/s. */
  readonly measures: Readonly<Record<string, number>>;
  /** Reward terms that failed and counted as 0; absent: none. */
  readonly faults?: readonly RewardFault[];
}

/** What may change while an environment is in use. */
export interface EnvChanges {
  /** Environment parameters, from the next episodes on. */
  readonly parameters?: Readonly<Record<string, ParameterSource>>;
  /** What differs from the task's rewards, at once and in the place of what differed before. */
  readonly rewards?: RewardSettings;
}

/**
 * Many agents that step together; all arrays are owned by the environment and overwritten by `step`.
 *
 * Episodes begin anew by themselves: after a step with `terminated` or `truncated`, `observations` shows the first
 * observation of the next episode and `finalObservations` the last one of the episode that is over.
 */
export interface VectorEnv {
  /** Number of agents N. */
  readonly count: number;
  readonly observationSize: number;
  readonly actionSpec: ActionSpec;
  /** `[N, observationSize]` */
  readonly observations: Float32Array;
  /** `[N, observationSize]`, valid in rows whose episode has just ended. */
  readonly finalObservations: Float32Array;
  /** `[N]` */
  readonly rewards: Float32Array;
  /** `[N]`, 1 where the episode ended by itself: the state has no future value. */
  readonly terminated: Uint8Array;
  /** `[N]`, 1 where the episode was cut: the value of the final observation stands for the future. */
  readonly truncated: Uint8Array;
  /** `[N, maskSize]`, 1 = allowed. */
  readonly masks: Float32Array;
  /** `[N, maskSize]`, what was allowed at the final observation; valid in rows whose episode has just ended. */
  readonly finalMasks: Float32Array;
  reset(): void;
  /** @param actions `[N, actionSize]`; continuous actions are clipped to [−1, 1] by the environment. */
  step(actions: Float32Array): void;
  /** Observations and actions in the mirror. @throws InputError where there is no mirror image */
  mirror?(): AgentMirror;
  /** Continuous actions that ask for the pose in which episodes begin. */
  startAction?(): readonly number[];
  /** Environments that have no parameters or reward terms ignore them. @throws InputError for rewards that cannot be */
  change?(changes: EnvChanges): void;
  /** Episodes that have ended since the last call. */
  drainEpisodes(): EpisodeRecord[];
  dispose(): void;
}
