import type { EnvChanges, EpisodeRecord } from "../env/vectorEnv.js";
import type { PolicyNetwork } from "../policy/network.js";
import type { Checkpoint } from "./checkpoint.js";

/** What one iteration of a trainer did. */
export interface Iteration {
  /** Logged under these TensorBoard tags; averaged over the iterations of a summary. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Episodes that ended meanwhile. */
  readonly episodes: readonly EpisodeRecord[];
}

/** The common face of all algorithms: what the run loop needs, and nothing of how they learn. */
export interface Trainer {
  /** Environment steps so far: decisions over all agents. */
  readonly steps: number;
  /** What has changed in the environments since the start: by a curriculum, by somebody who watches. */
  changes: EnvChanges;
  /** Starts the workers; before that, `restore` or `initializeFrom` may change what they start from. */
  startAsync(): Promise<void>;
  /** Collects and learns once. @throws TrainingDivergedError when a loss is not a finite number; the trainer is of no use then, its last checkpoint is */
  iterateAsync(): Promise<Iteration>;
  /** The present policy as plain data, normaliser included. */
  networkAsync(): Promise<PolicyNetwork>;
  /** Observations as the environment gave them in the last rollout, `[at most rows, observationSize]`. */
  recentObservationsAsync(rows: number): Promise<Float32Array>;
  /** Everything needed to go on: weights, optimiser, normalisers, random state, step count. */
  checkpointAsync(): Promise<Checkpoint>;
  /** @throws InputError when the checkpoint is of another network or trainer */
  restore(checkpoint: Checkpoint): void;
  /** Takes over weights and normaliser only, to start a new run from an old policy. */
  initializeFrom(checkpoint: Checkpoint): void;
  dispose(): void;
}

/** A loss became infinite or not a number; the last checkpoint is still good. */
export class TrainingDivergedError extends Error {
  override readonly name = "TrainingDivergedError";
}
