import type { ParameterSource } from "../../agent/environmentParameters.js";
import type { VectorEnv } from "../../env/vectorEnv.js";
import type { RewardSettings } from "../../task/resolve.js";

/** What a worker thread needs to build its environments by itself; can be sent to it. */
export interface EnvDescription {
  /** URL of the module whose default export is the scene. */
  readonly module: string;
  readonly agents: number;
  /** Default 0. */
  readonly firstAgent?: number;
  /** Whether to measure footfalls. Default false. */
  readonly gait?: boolean;
  /** Reward terms and environment parameters that differ from the task's. */
  readonly rewards: RewardSettings;
  readonly parameters: Readonly<Record<string, ParameterSource>>;
  /** Names of the sensors that characters have, default all. */
  readonly sensors?: readonly string[] | null;
}

export type CreateEnv = (description: EnvDescription, seed: number) => Promise<VectorEnv>;
