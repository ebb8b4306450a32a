import type { PolicyNetwork } from "../../policy/network.js";
import type { RewardSettings } from "../../task/resolve.js";
import type { RewardFault } from "../../task/rewards/code.js";
import type { MetricRecord } from "../../train/log/metrics.js";
import type { StudioConfig } from "../studioConfig.js";

/** What the page tells the training worker to begin with. */
export interface StartSession extends StudioConfig {
  /** Name of the scene. */
  readonly scene: string;
  readonly gait: string | null;
  readonly seed: number;
  readonly workers: number;
  /** Rewards that differ from the task's, instead of those of the files. */
  readonly rewards: RewardSettings;
  /** A checkpoint file to go on from: with all it holds, or with its networks only. */
  readonly checkpoint: { readonly bytes: Uint8Array; readonly what: "everything" | "networks" } | null;
  /** Seconds that the run has trained already. */
  readonly wallSeconds: number;
}

export interface SessionStarted {
  readonly trainer: string;
  readonly maxSteps: number;
  readonly backend: string;
  /** The configuration with all defaults, as YAML. */
  readonly configuration: string;
}

export interface SavedState {
  /** A checkpoint file. */
  readonly checkpoint: Uint8Array;
  readonly steps: number;
  readonly wallSeconds: number;
}

/** How a session ended; with `error` it failed. */
export interface SessionEnd {
  readonly status: "stopped" | "finished" | "failed";
  readonly error: string | null;
  /** The last policy as a checked ONNX file; null: there is none that is right. */
  readonly policy: Uint8Array | null;
}

/** What the training worker says by itself, by the name of the note. */
export interface SessionNotes {
  record: MetricRecord;
  /** The newest policy, a few times a second at most. */
  network: PolicyNetwork;
  saved: SavedState;
  say: string;
  /** Reward terms that failed, or that did not come back. */
  faults: readonly RewardFault[];
  end: SessionEnd;
}

/** The functions of the training worker: argument and result of each. */
export interface SessionCalls {
  start(request: StartSession): SessionStarted;
  pause(): void;
  resume(): void;
  /** Ends after the iteration under way, which is saved. */
  stop(): void;
  setRewards(rewards: RewardSettings): void;
  /** The newest policy as a checked ONNX file. */
  exportPolicy(): Uint8Array;
}
