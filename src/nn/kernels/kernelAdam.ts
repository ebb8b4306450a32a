import type { AdamState } from "../adam.js";
import type { OptimizedPlaces, Optimizer } from "../optimizer.js";
import type { KernelArena } from "./arena.js";
import { gradientScale } from "./gradientScale.js";

const BETA1 = 0.9;
const BETA2 = 0.999;

export interface KernelAdamOptions extends OptimizedPlaces {
  /** Added to the root in the denominator. */
  readonly epsilon: number;
}

/** Adam (Kingma and Ba 2015, algorithm 1) on the SIMD kernels, in place, with clipping of the gradient's norm. */
export class KernelAdam implements Optimizer {
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
    const { parameters, gradients, size, epsilon } = this.options;
    this.steps++;
    // θ ← θ − α m̂ / (√v̂ + ε) with m̂ = m / (1 − β1ᵗ), v̂ = v / (1 − β2ᵗ); numerator and denominator times √(1 − β2ᵗ)
    const rootCorrection = Math.sqrt(1 - BETA2 ** this.steps);
    const rate = (learningRate * rootCorrection) / (1 - BETA1 ** this.steps);
    const scale = gradientScale(this.arena, this.options);
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
