import type { AdamState } from "./adam.js";

/** Where in an arena the optimiser finds what it changes, and what it changes it by. */
export interface OptimizedPlaces {
  /** Addresses of what is learnt and of its gradients, `[size]` each. */
  readonly parameters: number;
  readonly gradients: number;
  readonly size: number;
  /** Gradients whose norm is larger are scaled down to it; null: as they are. */
  readonly maxGradNorm?: number | null;
}

/** Makes steps down the gradient. */
export interface Optimizer {
  step(learningRate: number): void;
  /** Its moments. */
  state(): AdamState;
  restore(state: AdamState): void;
}
