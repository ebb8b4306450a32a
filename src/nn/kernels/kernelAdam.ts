import type { AdamState } from "../adam.js";
import type { KernelArena } from "./arena.js";

const BETA1 = 0.9;
const BETA2 = 0.999;

export interface KernelAdamOptions {
  /** Addresses of what is learnt and of its gradients, `[size]` each. */
  readonly parameters: number;
  readonly gradients: number;
  readonly size: number;
  /** Added to the root in the denominator. */
  readonly epsilon: number;
  /** Gradients whose norm is larger are scaled down to it; null: as they are. */
  readonly maxGradNorm?: number | null;
}

/** Adam (Kingma and Ba 2015, algorithm 1) on the SIMD kernels, in place, with clipping of the gradient's norm. */
export class KernelAdam {
  private steps = 0;
  private readonly means: number;
  private readonly squares: number;

  constructor(
    private readonly arena: KernelArena,
    private readonly options: KernelAdamOptions,
  ) {
    this.means = arena.place(options.size);
    this.squares = arena.place(options.size);
  }

  step(learningRate: number): void {
    const { kernels } = this.arena;
    const { parameters, gradients, size, epsilon, maxGradNorm = null } = this.options;
    this.steps++;
    // θ ← θ − α m̂ / (√v̂ + ε) with m̂ = m / (1 − β1ᵗ), v̂ = v / (1 − β2ᵗ); numerator and denominator times √(1 − β2ᵗ)
    const rootCorrection = Math.sqrt(1 - BETA2 ** this.steps);
    const rate = (learningRate * rootCorrection) / (1 - BETA1 ** this.steps);
    let scale = 1;
    if (maxGradNorm !== null) {
      const norm = Math.sqrt(kernels.sumSquares(gradients, size));
      // Written so that a norm that is not a number spreads to the weights, and is found there.
      if (!(norm + 1e-6 <= maxGradNorm)) scale = maxGradNorm / (norm + 1e-6);
    }
    const factors = [scale, 1 - BETA1, 1 - BETA2, rate, epsilon * rootCorrection] as const;
    kernels.adam(parameters, gradients, this.means, this.squares, size, ...factors);
  }

  state(): AdamState {
    const copy = (address: number) => this.arena.view(address, this.options.size).slice();
    return { step: this.steps, mean: copy(this.means), square: copy(this.squares) };
  }

  restore({ step, mean, square }: AdamState): void {
    this.arena.view(this.means, this.options.size).set(mean);
    this.arena.view(this.squares, this.options.size).set(square);
    this.steps = step;
  }
}
