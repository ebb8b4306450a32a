import * as tf from "@tensorflow/tfjs";
import { fusedKernels } from "./kernels/fused.js";

export interface AdamOptions {
  /** Decay of the mean of the gradient; default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of its square; default 0.999. */
  readonly beta2?: number;
  /** Added to the root in the denominator; default 1e-5, the usual choice for PPO. */
  readonly epsilon?: number;
  /** Gradients whose norm, over all variables, is larger are scaled down to it; default: as they are. */
  readonly maxGradientNorm?: number;
}

/** What a checkpoint keeps of an {@link Adam}: the moments of all variables one after the other, and the steps done. */
export interface AdamState {
  readonly step: number;
  readonly mean: Float32Array;
  readonly square: Float32Array;
}

/**
 * Adam (Kingma and Ba 2015, algorithm 1) with clipping of the global gradient norm (Pascanu et al. 2013); the same
 * numbers as PyTorch's `clip_grad_norm_` and `Adam`. Where the backend has our kernels, variables and moments are
 * overwritten in place. Elsewhere all variables are updated as one flat vector `[P]`: on small networks the number of
 * tensor operations is what costs time. Nothing is read back.
 */
export class Adam {
  private steps = 0;
  private readonly beta1: number;
  private readonly beta2: number;
  private readonly epsilon: number;
  private readonly maxGradientNorm: number;
  private readonly mean: tf.Variable<tf.Rank.R1>; // m
  private readonly square: tf.Variable<tf.Rank.R1>; // v

  constructor(
    private readonly variables: readonly tf.Variable[],
    { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-5, maxGradientNorm = Number.POSITIVE_INFINITY }: AdamOptions = {},
  ) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.maxGradientNorm = maxGradientNorm;
    const size = variables.reduce((sum, variable) => sum + variable.size, 0);
    this.mean = tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([size])));
    this.square = tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([size])));
  }

  /**
   * Moves the variables one step against the gradients.
   * @param gradients one per variable, in the order of the variables; stays the caller's
   * @returns norm of the gradient before clipping; the caller disposes of it
   */
  step(gradients: readonly tf.Tensor[], learningRate: number): tf.Scalar {
    this.steps++;
    // θ ← θ − α m̂ / (√v̂ + ε) with m̂ = m / (1 − β1ᵗ), v̂ = v / (1 − β2ᵗ); numerator and denominator times √(1 − β2ᵗ)
    const rootCorrection = Math.sqrt(1 - this.beta2 ** this.steps);
    const rate = (learningRate * rootCorrection) / (1 - this.beta1 ** this.steps);
    const epsilon = this.epsilon * rootCorrection;
    const { variables, mean, square, maxGradientNorm: maxNorm } = this;
    const factors = { maxNorm, meanWeight: 1 - this.beta1, squareWeight: 1 - this.beta2, rate, epsilon };
    const kernels = fusedKernels();
    return kernels
      ? kernels.adam(variables, gradients, mean, square, factors)
      : this.stepFlat(gradients, rate, epsilon);
  }

  /** θ ← θ − rate · m / (√v + epsilon) */
  private stepFlat(gradients: readonly tf.Tensor[], rate: number, epsilon: number): tf.Scalar {
    return tf.tidy(() => {
      const raw = tf.concat(gradients.map((gradient) => gradient.flatten())); // [P]
      const norm = tf.sqrt<tf.Scalar>(tf.sum(tf.square(raw)));
      const gradient = this.clip(raw, norm);

      // m ← m + (1 − β1)(g − m), v ← v + (1 − β2)(g² − v)
      const mean = tf.add(this.mean, tf.mul(tf.sub(gradient, this.mean), 1 - this.beta1));
      const square = tf.add(this.square, tf.mul(tf.sub(tf.square(gradient), this.square), 1 - this.beta2));
      this.mean.assign(mean as tf.Tensor1D);
      this.square.assign(square as tf.Tensor1D);

      const change = tf.div(tf.mul(mean, rate), tf.add(tf.sqrt(square), epsilon));
      this.subtract(change as tf.Tensor1D);
      return norm;
    });
  }

  /** g · min(1, limit / (‖g‖ + 1e-6)) */
  private clip(gradient: tf.Tensor1D, norm: tf.Scalar): tf.Tensor1D {
    if (this.maxGradientNorm === Number.POSITIVE_INFINITY) return gradient;
    return tf.mul(gradient, tf.minimum(1, tf.div(this.maxGradientNorm, tf.add(norm, 1e-6))));
  }

  private subtract(change: tf.Tensor1D): void {
    let offset = 0;
    for (const variable of this.variables) {
      const part = tf.slice(change, offset, variable.size).reshape(variable.shape);
      variable.assign(tf.sub(variable, part));
      offset += variable.size;
    }
  }

  async stateAsync(): Promise<AdamState> {
    const step = this.steps;
    const [mean, square] = (await Promise.all([this.mean.data(), this.square.data()])) as [Float32Array, Float32Array];
    return { step, mean: mean.slice(), square: square.slice() };
  }

  restore({ step, mean, square }: AdamState): void {
    this.steps = step;
    tf.tidy(() => {
      this.mean.assign(tf.tensor1d(mean.slice()));
      this.square.assign(tf.tensor1d(square.slice()));
    });
  }

  /** Frees the moments; the variables stay. */
  dispose(): void {
    this.mean.dispose();
    this.square.dispose();
  }
}
