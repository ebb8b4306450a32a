import type { ActionSpec } from "../../policy/policy.js";

/** What a policy says in some states: the heads of its network, and log σ of the continuous actions. */
export interface Distributions {
  /** `[rows, headSize]`: means, then logits of each branch. */
  readonly head: Float32Array;
  /** `[continuous]` */
  readonly logStd: Float32Array;
}

/**
 * The metric of the distributions of actions at the head of a policy: its Fisher matrix by means, log σ and logits, which is
 * all that the Gauss–Newton form of the policy's own Fisher matrix, F = mean Jᵀ M J, needs of them (Pascanu and Bengio 2014,
 * "Revisiting Natural Gradient for Deep Networks"). For a Gaussian with mean µ and log σ, M = diag(1/σ², 2); for logits,
 * M = diag(p) − p pᵀ.
 */
export class DistributionMetric {
  private readonly headSize: number;
  private readonly maskSize: number;
  private readonly p: Float64Array;
  private readonly q: Float64Array;

  constructor(private readonly spec: ActionSpec) {
    this.maskSize = spec.discrete.reduce((sum, options) => sum + options, 0);
    this.headSize = spec.continuous + this.maskSize;
    this.p = new Float64Array(this.maskSize);
    this.q = new Float64Array(this.maskSize);
  }

  /**
   * M d of each row, divided by the rows, in place.
   * @param dHead `[rows, headSize]` @param masks `[rows, maskSize]`, 1 = allowed
   */
  apply({ head, logStd }: Distributions, masks: Float32Array, rows: number, dHead: Float32Array): void {
    const { continuous, discrete } = this.spec;
    const precision = Float64Array.from(logStd, (value) => Math.exp(-2 * value));
    for (let row = 0; row < rows; row++) {
      const h = row * this.headSize;
      for (let j = 0; j < continuous; j++) dHead[h + j]! *= precision[j]! / rows;
      if (this.maskSize === 0) continue;
      this.probabilities(head, masks, row, this.p);
      for (let branch = 0, offset = 0; branch < discrete.length; offset += discrete[branch]!, branch++) {
        let mean = 0;
        for (let k = offset; k < offset + discrete[branch]!; k++) mean += this.p[k]! * dHead[h + continuous + k]!;
        for (let k = offset; k < offset + discrete[branch]!; k++) {
          dHead[h + continuous + k] = (this.p[k]! * (dHead[h + continuous + k]! - mean)) / rows;
        }
      }
    }
  }

  /** Mean over the rows of KL(before ‖ after), nats. */
  divergence(before: Distributions, after: Distributions, masks: Float32Array, rows: number): number {
    const { continuous } = this.spec;
    let sum = 0;
    for (let j = 0; j < continuous; j++) {
      // log σ′/σ + (σ² + (µ − µ′)²) / 2σ′² − ½
      const [s, t] = [before.logStd[j]!, after.logStd[j]!];
      const precision = Math.exp(-2 * t);
      for (let row = 0; row < rows; row++) {
        const difference = before.head[row * this.headSize + j]! - after.head[row * this.headSize + j]!;
        sum += t - s + ((Math.exp(2 * s) + difference * difference) * precision) / 2 - 0.5;
      }
    }
    if (this.maskSize > 0) {
      for (let row = 0; row < rows; row++) {
        this.probabilities(before.head, masks, row, this.p);
        this.probabilities(after.head, masks, row, this.q);
        for (let k = 0; k < this.maskSize; k++) {
          if (this.p[k]! > 0) sum += this.p[k]! * Math.log(this.p[k]! / this.q[k]!);
        }
      }
    }
    return sum / rows;
  }

  /** The softmax of each branch of a row, 0 where an option is forbidden. */
  private probabilities(head: Float32Array, masks: Float32Array, row: number, out: Float64Array): void {
    const { continuous, discrete } = this.spec;
    for (let branch = 0, offset = 0; branch < discrete.length; offset += discrete[branch]!, branch++) {
      const [logits, mask] = [row * this.headSize + continuous + offset, row * this.maskSize + offset];
      let maximum = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < discrete[branch]!; k++) {
        if (masks[mask + k] !== 0) maximum = Math.max(maximum, head[logits + k]!);
      }
      let total = 0;
      for (let k = 0; k < discrete[branch]!; k++) {
        const weight = masks[mask + k] === 0 ? 0 : Math.exp(head[logits + k]! - maximum);
        out[offset + k] = weight;
        total += weight;
      }
      for (let k = 0; k < discrete[branch]!; k++) out[offset + k]! /= total;
    }
  }
}
