import type { AdamState } from "../../nn/adam.js";

/** The transitions that one update learns from; rows are in no particular order. */
export interface OnPolicyBatch {
  readonly size: number;
  /** `[size, observationSize]`, normalised as the policy saw them. */
  readonly observations: Float32Array;
  /** `[size, actionSize]` */
  readonly actions: Float32Array;
  /** `[size, maskSize]`; empty without discrete actions. */
  readonly masks: Float32Array;
  /** `[size, …]`, what the critic judges, where that is not the observations. */
  readonly judged?: Float32Array;
  /** `[size, observationSize]`, the observations in the mirror, where symmetry matters. */
  readonly mirrored?: Float32Array;
  /** `[size]` each */
  readonly logProbabilities: Float32Array;
  readonly advantages: Float32Array;
  readonly returns: Float32Array;
}

/** How one update learns; constant during the update. */
export interface LearnSettings {
  /** Passes over the batch. */
  readonly epochs: number;
  /** Transitions of one gradient step. */
  readonly batchSize: number;
  readonly learningRate: number;
  /** ε, half the width of the interval to which the probability ratio is clipped; infinite: it is not. */
  readonly epsilon: number;
  /** Weight of a penalty on KL(π_old ‖ π). Default 0. */
  readonly klCoefficient?: number;
  readonly valueCoefficient: number;
  /** β in ML-Agents. */
  readonly entropyCoefficient: number;
  /** Weight of the distance of the policy from its mirror image. Default 0. */
  readonly symmetryCoefficient?: number;
  /** σ of no continuous action stays above this, as a logarithm. Default: it may. */
  readonly maxLogStd?: number;
  /** Whether the advantages of each minibatch are shifted to mean 0 and scaled to deviation 1. */
  readonly normalizeAdvantages: boolean;
  /** The update ends after the first pass whose mean approximate KL divergence exceeds this; null: never early. */
  readonly targetKl: number | null;
}

/** Means over the gradient steps of one update. */
export interface OnPolicyUpdate {
  readonly policyLoss: number;
  readonly valueLoss: number;
  readonly entropy: number;
  readonly approximateKl: number;
  readonly clipFraction: number;
  /** Passes that were made. */
  readonly epochs: number;
}

/** All that learning changes: the parameters in the order of `OnPolicyLayout`, and Adam's moments of them. */
export interface OnPolicyState {
  readonly parameters: Float32Array;
  readonly adam: AdamState;
}

/** Carries out updates of PPO; where and with what arithmetic is its own business. */
export interface OnPolicyLearner {
  updateAsync(batch: OnPolicyBatch, settings: LearnSettings): Promise<OnPolicyUpdate>;
  stateAsync(): Promise<OnPolicyState>;
  load(state: OnPolicyState): void;
  dispose(): void;
}
