import type { ActionSpec } from "../../policy/policy.js";
import type { LearnSettings } from "../onPolicy/learner.js";

/** One minibatch, or one worker's share of it, at the outputs of the networks; arrays may be longer than B rows. */
export interface HeadRows {
  /** Rows of this share, B. */
  readonly rows: number;
  /** Rows of the whole minibatch, over which means are taken. */
  readonly minibatchRows: number;
  /** `[B, headSize]`: means, then logits of each branch. */
  readonly head: Float32Array;
  /** log σ, `[continuous]` */
  readonly logStd: Float32Array;
  /** V(s), `[B]` */
  readonly values: Float32Array;
  /** `[B, actionSize]` */
  readonly actions: Float32Array;
  /** `[B, maskSize]`; empty without discrete actions. */
  readonly masks: Float32Array;
  /** `[B]` each */
  readonly logProbabilities: Float32Array;
  readonly advantages: Float32Array;
  readonly returns: Float32Array;
}

/** Where the gradients of the loss go; overwritten. */
export interface HeadGradients {
  /** `[B, headSize]` */
  readonly head: Float32Array;
  /** `[continuous]` */
  readonly logStd: Float32Array;
  /** `[B]` */
  readonly values: Float32Array;
}

/** Numbers that `ppoHeadGradient` reports: policy loss, value loss, entropy, approximate KL, clip fraction. */
export const LOSSES = 5;

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
const FORBIDDEN = Number.NEGATIVE_INFINITY;

/**
 * The loss of `ppoLosses`, L = L_policy + c_KL KL + c_value L_value − c_entropy H, and its gradient with respect to what the
 * networks give, worked out by hand in one pass over typed arrays: the derivatives are the comments below.
 *
 * Shares of one minibatch add up: losses and gradients of all workers, summed, are those of the whole.
 */
export class PpoHeadGradient {
  private readonly headSize: number;
  private readonly actionSize: number;
  private readonly maskSize: number;
  /** log p of the options of all branches of one row, and their probabilities. */
  private readonly logP: Float64Array;
  private readonly entropies: Float64Array;
  /** 1 / σ, `[continuous]` */
  private readonly precision: Float64Array;

  constructor(private readonly spec: ActionSpec) {
    this.maskSize = spec.discrete.reduce((sum, options) => sum + options, 0);
    this.headSize = spec.continuous + this.maskSize;
    this.actionSize = spec.continuous + spec.discrete.length;
    this.logP = new Float64Array(this.maskSize);
    this.entropies = new Float64Array(spec.discrete.length);
    this.precision = new Float64Array(spec.continuous);
  }

  /** @param losses `[LOSSES]`, overwritten by this share of the means */
  compute(
    batch: HeadRows,
    {
      epsilon,
      klCoefficient = 0,
      valueCoefficient,
      entropyCoefficient,
    }: Pick<LearnSettings, "epsilon" | "klCoefficient" | "valueCoefficient" | "entropyCoefficient">,
    gradients: HeadGradients,
    losses: Float32Array,
  ): void {
    const { rows, minibatchRows, head, logStd, values, actions, logProbabilities, advantages, returns } = batch;
    const { precision } = this;
    const { continuous } = this.spec;
    let [policyLoss, squares, entropy, kl, clipped] = [0, 0, 0, 0, 0];
    gradients.logStd.fill(0);
    let logNormalization = 0; // Σ (log σ + ½ log 2π)
    for (let j = 0; j < continuous; j++) {
      precision[j] = Math.exp(-logStd[j]!);
      logNormalization += logStd[j]! + HALF_LOG_TWO_PI;
    }
    const gaussianEntropy = logNormalization + continuous / 2;

    for (let row = 0; row < rows; row++) {
      const h = row * this.headSize;
      const a = row * this.actionSize;
      // log N = −½ z² − log σ − ½ log 2π with z = (a − μ) / σ, summed over the components
      let logProbability = -logNormalization;
      for (let j = 0; j < continuous; j++) {
        const z = (actions[a + j]! - head[h + j]!) * precision[j]!;
        logProbability -= 0.5 * z * z;
      }
      if (this.maskSize > 0) logProbability += this.readBranches(batch, row);

      const logRatio = logProbability - logProbabilities[row]!;
      const ratio = Math.exp(logRatio);
      const unclippedTerm = ratio * advantages[row]!;
      const clippedTerm = Math.min(Math.max(ratio, 1 - epsilon), 1 + epsilon) * advantages[row]!;
      policyLoss -= Math.min(unclippedTerm, clippedTerm);
      kl += ratio - 1 - logRatio;
      if (Math.abs(ratio - 1) > epsilon) clipped++;
      // d(r A) / d log π = r A; where the clipped term is the smaller one, it is constant. d(r − 1 − log r) / d log π = r − 1
      const dSurrogate = clippedTerm < unclippedTerm ? 0 : unclippedTerm;
      const dLogProbability = (klCoefficient * (ratio - 1) - dSurrogate) / minibatchRows;

      for (let j = 0; j < continuous; j++) {
        // ∂ log N / ∂μ = z / σ, ∂ log N / ∂ log σ = z² − 1
        const z = (actions[a + j]! - head[h + j]!) * precision[j]!;
        gradients.head[h + j] = dLogProbability * z * precision[j]!;
        gradients.logStd[j]! += dLogProbability * (z * z - 1);
      }
      entropy += gaussianEntropy;
      if (this.maskSize > 0) {
        entropy += this.writeBranches(batch, row, dLogProbability, entropyCoefficient / minibatchRows, gradients.head);
      }

      // L_value = ½ (V − R)²
      const error = values[row]! - returns[row]!;
      squares += error * error;
      gradients.values[row] = (valueCoefficient * error) / minibatchRows;
    }
    // ∂H / ∂ log σ = 1 in every row
    for (let j = 0; j < continuous; j++) gradients.logStd[j]! -= (entropyCoefficient * rows) / minibatchRows;
    losses[0] = policyLoss / minibatchRows;
    losses[1] = squares / 2 / minibatchRows;
    losses[2] = entropy / minibatchRows;
    losses[3] = kl / minibatchRows;
    losses[4] = clipped / minibatchRows;
  }

  /** Fills `logP` and `entropies` from a row's logits. @returns Σ over the branches of log p of what was chosen */
  private readBranches({ head, actions, masks }: HeadRows, row: number): number {
    const { discrete, continuous } = this.spec;
    const { logP } = this;
    let sum = 0;
    for (let branch = 0, offset = 0; branch < discrete.length; offset += discrete[branch]!, branch++) {
      const options = discrete[branch]!;
      const logits = row * this.headSize + continuous + offset;
      const mask = row * this.maskSize + offset;
      let maximum = FORBIDDEN;
      for (let k = 0; k < options; k++) if (masks[mask + k] !== 0) maximum = Math.max(maximum, head[logits + k]!);
      let normalization = 0;
      for (let k = 0; k < options; k++)
        if (masks[mask + k] !== 0) normalization += Math.exp(head[logits + k]! - maximum);
      const logNormalization = maximum + Math.log(normalization);
      let entropy = 0;
      for (let k = 0; k < options; k++) {
        const logProbability = masks[mask + k] === 0 ? FORBIDDEN : head[logits + k]! - logNormalization;
        logP[offset + k] = logProbability;
        if (logProbability !== FORBIDDEN) entropy -= Math.exp(logProbability) * logProbability;
      }
      this.entropies[branch] = entropy;
      sum += logP[offset + actions[row * this.actionSize + continuous + branch]!]!;
    }
    return sum;
  }

  /** Writes the gradients of a row's logits from what `readBranches` found. @returns the entropy of its branches */
  private writeBranches(
    { actions }: HeadRows,
    row: number,
    dLogProbability: number,
    entropyWeight: number,
    dHead: Float32Array,
  ): number {
    const { discrete, continuous } = this.spec;
    let sum = 0;
    for (let branch = 0, offset = 0; branch < discrete.length; offset += discrete[branch]!, branch++) {
      const choice = actions[row * this.actionSize + continuous + branch];
      const entropy = this.entropies[branch]!;
      for (let k = 0; k < discrete[branch]!; k++) {
        const logP = this.logP[offset + k]!;
        const p = Math.exp(logP);
        // ∂ log p_c / ∂ logit_k = 1[k = c] − p_k, ∂H / ∂ logit_k = −p_k (log p_k + H); both 0 where forbidden
        const dEntropy = p === 0 ? 0 : -p * (logP + entropy);
        dHead[row * this.headSize + continuous + offset + k] =
          dLogProbability * ((k === choice ? 1 : 0) - p) - entropyWeight * dEntropy;
      }
      sum += entropy;
    }
    return sum;
  }
}
