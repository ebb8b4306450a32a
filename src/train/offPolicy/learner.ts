import type { AdamState } from "../../nn/adam.js";
import type { ReplayBatch } from "../../rollout/replayBuffer.js";

/** What updates did, on average; for logs. */
export interface OffPolicyUpdate {
  readonly criticLoss: number;
  readonly actorLoss: number;
  /** mean Q of the transitions, by the first critic */
  readonly value: number;
  /** Of a policy that draws its actions: −mean log π, and the temperature α. */
  readonly entropy?: number;
  readonly temperature?: number;
}

/** log α, which SAC learns beside its networks, and Adam's moments of it. */
export interface Temperature {
  readonly logAlpha: number;
  readonly mean: number;
  readonly square: number;
}

/** Everything that learning changes. */
export interface OffPolicyState {
  /** In the order of the layout. */
  readonly parameters: Float32Array;
  readonly adam: { readonly actor: AdamState; readonly critics: AdamState };
  readonly temperature?: Temperature;
}

/** An off-policy algorithm's arithmetic, wherever it runs. */
export interface OffPolicyLearner {
  /**
   * One update for each batch.
   * @param batches observations normalised; each is used up before the next is asked for
   * @returns means over the batches
   */
  updateAsync(batches: Iterable<ReplayBatch>, learningRate: number): Promise<OffPolicyUpdate>;
  /** The actor's parameters, in the order of the layout, in a fresh array. */
  actorAsync(): Promise<Float32Array>;
  stateAsync(): Promise<OffPolicyState>;
  load(state: OffPolicyState): void;
  dispose(): void;
}

/** Added to the root in Adam's denominator: PyTorch's default, with which the published numbers were made. */
export const ADAM_EPSILON = 1e-8;

/** Adam's state before the first step. */
export function freshAdam(size: number): AdamState {
  return { step: 0, mean: new Float32Array(size), square: new Float32Array(size) };
}

/** The means of the numbers of some updates. */
export function averageUpdates(updates: readonly OffPolicyUpdate[]): OffPolicyUpdate {
  const names = Object.keys(updates[0]!) as (keyof OffPolicyUpdate)[];
  const mean = (name: keyof OffPolicyUpdate) =>
    updates.reduce((sum, update) => sum + update[name]!, 0) / updates.length;
  return Object.fromEntries(names.map((name) => [name, mean(name)])) as unknown as OffPolicyUpdate;
}
