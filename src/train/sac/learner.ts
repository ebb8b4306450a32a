import type { ReplayBatch } from "../../rollout/replayBuffer.js";
import type { SacState } from "./parameters.js";

/** How one update learns. */
export interface SacSettings {
  readonly learningRate: number;
  /** Share of the way that the targets go towards the critics. */
  readonly tau: number;
  /** H̄, which the temperature aims at. */
  readonly targetEntropy: number;
}

/** What updates did, on average; for logs. */
export interface SacUpdate {
  readonly criticLoss: number;
  readonly actorLoss: number;
  /** −mean log π */
  readonly entropy: number;
  /** α */
  readonly temperature: number;
  /** mean Q of the transitions, by the first critic */
  readonly value: number;
}

/** SAC's arithmetic, wherever it runs. */
export interface SacLearner {
  /**
   * For each batch one step of the critics, one of the actor, one of the temperature; then the targets follow.
   * @param batches observations normalised; each is used up before the next is asked for
   * @returns means over the batches
   */
  updateAsync(batches: Iterable<ReplayBatch>, settings: SacSettings): Promise<SacUpdate>;
  /** The actor's parameters, in the order of the layout, in a fresh array. */
  actorAsync(): Promise<Float32Array>;
  stateAsync(): Promise<SacState>;
  load(state: SacState): void;
  dispose(): void;
}

/** Adam's constants: those of PyTorch, with which the published numbers were made. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
