import type { ActionSpec } from "./policy.js";

/** Activation between hidden layers. `swish` is x·sigmoid(x), what ML-Agents uses. */
export type Activation = "tanh" | "relu" | "elu" | "swish";
export const ACTIVATIONS: readonly Activation[] = ["tanh", "relu", "elu", "swish"];

/** log σ in its range from what a head says, low + (high − low) (1 + tanh y) / 2. */
export function logStdInRange(y: number, [low, high]: readonly [low: number, high: number]): number {
  return low + ((high - low) / 2) * (1 + Math.tanh(y));
}

/** One affine layer, y = x·W + b. */
export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** `[inputs, outputs]`, row-major. */
  readonly weights: Float32Array;
  /** `[outputs]` */
  readonly bias: Float32Array;
}

/** Observation normalisation, clip((x − mean) / std, ±clip), frozen at the time of the snapshot. */
export interface FrozenNormalizer {
  readonly mean: Float32Array;
  readonly std: Float32Array;
  readonly clip: number;
}

/**
 * A policy as plain data: what the trainer hands to the rollout workers, to the ONNX export and to checkpoints.
 *
 * The last layer is the head, `[actionSpec.continuous means | logits of branch 0 | logits of branch 1 | …]`; with
 * `stdRange` as many numbers follow the means, of which the standard deviations are made.
 */
export interface PolicyNetwork {
  readonly observationSize: number;
  readonly actionSpec: ActionSpec;
  readonly activation: Activation;
  readonly normalizer: FrozenNormalizer | null;
  /** Hidden layers, then the head. */
  readonly layers: readonly DenseLayer[];
  /** How a continuous mean becomes an action in [-1, 1]: PPO and its kin clip, SAC takes the tanh. */
  readonly squash: "clip" | "tanh";
  /** Logarithm of the standard deviation of each continuous action, `[actionSpec.continuous]`; empty with `stdRange`. */
  readonly logStd: Float32Array;
  /** Where standard deviations depend on the state: the bounds of their logarithm, see {@link logStdInRange}. */
  readonly stdRange?: readonly [low: number, high: number];
}
