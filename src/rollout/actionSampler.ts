import { type ActionSpec, actionSize, maskSize } from "../policy/policy.js";
import type { Random } from "../random.js";

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
/** The log-probability of an option that its mask forbids. */
const FORBIDDEN = -1e8;

/**
 * Draws actions from the head of a policy network, `[continuous means | logits of branch 0 | logits of branch 1 | …]`:
 * a diagonal Gaussian for the continuous values and one categorical for each branch. The learner's side of the same
 * distribution is `ActionDistribution`.
 */
export class ActionSampler {
  private readonly headSize: number;
  private readonly actionSize: number;
  private readonly maskSize: number;
  /** σ, `[continuous]`, of the last call. */
  private readonly std: Float64Array;

  constructor(private readonly spec: ActionSpec) {
    this.std = new Float64Array(spec.continuous);
    this.maskSize = maskSize(spec);
    this.actionSize = actionSize(spec);
    this.headSize = spec.continuous + this.maskSize;
  }

  /**
   * Draws one action for each of the first `rows` rows of `head`, unclipped.
   * @param head `[rows, headSize]` @param logStd `[continuous]` @param actions `[rows, actionSize]`, to be filled
   * @param masks `[rows, maskSize]`, 0 = forbidden
   * @param logProbabilities `[rows]`, to be filled with the logarithms of the actions' probabilities
   */
  sample(
    random: Random,
    head: Float32Array,
    logStd: Float32Array,
    rows: number,
    actions: Float32Array,
    masks?: Float32Array,
    logProbabilities?: Float32Array,
  ): void {
    for (let i = 0; i < this.std.length; i++) this.std[i] = Math.exp(logStd[i]!);
    for (let row = 0; row < rows; row++) {
      const logProbability = this.sampleRow(random, head, logStd, row, actions, masks);
      if (logProbabilities) logProbabilities[row] = logProbability;
    }
  }

  private sampleRow(
    random: Random,
    head: Float32Array,
    logStd: Float32Array,
    row: number,
    actions: Float32Array,
    masks: Float32Array | undefined,
  ): number {
    const { continuous, discrete } = this.spec;
    let headOffset = row * this.headSize;
    let actionOffset = row * this.actionSize;
    let maskOffset = row * this.maskSize;
    let logProbability = sampleGaussian(random, head, headOffset, logStd, this.std, actions, actionOffset);
    headOffset += continuous;
    actionOffset += continuous;
    for (let branch = 0; branch < discrete.length; branch++) {
      const options = discrete[branch]!;
      const choice = sampleCategorical(random, head, headOffset, options, masks, maskOffset);
      logProbability += categoricalLogProbabilityAt(head, headOffset, options, choice, masks, maskOffset);
      actions[actionOffset++] = choice;
      headOffset += options;
      maskOffset += options;
    }
    return logProbability;
  }
}

/**
 * Draws one action into `action` and returns the logarithm of its probability density.
 * @param logStd log σ @param std σ, which would have to be worked out for each draw otherwise
 */
export function sampleGaussian(
  random: Random,
  mean: Float32Array,
  meanOffset: number,
  logStd: Float32Array,
  std: Float64Array,
  action: Float32Array,
  actionOffset: number,
): number {
  let logProbability = -std.length * HALF_LOG_TWO_PI;
  for (let i = 0; i < std.length; i++) {
    const sigma = std[i]!;
    action[actionOffset + i] = mean[meanOffset + i]! + sigma * random.normal();
    // Of the action as stored, in single precision, so that the learner finds the same number.
    const z = (action[actionOffset + i]! - mean[meanOffset + i]!) / sigma;
    logProbability -= 0.5 * z * z + logStd[i]!;
  }
  return logProbability;
}

/** log p of option `choice` of one branch, whose logits and mask entries start at `offset` and `maskOffset`. */
export function categoricalLogProbabilityAt(
  logits: Float32Array,
  offset: number,
  options: number,
  choice: number,
  masks?: Float32Array,
  maskOffset = 0,
): number {
  let maximum = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < options; i++) {
    if (masks?.[maskOffset + i] !== 0) maximum = Math.max(maximum, logits[offset + i]!);
  }
  let sum = 0;
  for (let i = 0; i < options; i++) if (masks?.[maskOffset + i] !== 0) sum += Math.exp(logits[offset + i]! - maximum);
  return masks?.[maskOffset + choice] === 0 ? FORBIDDEN : logits[offset + choice]! - maximum - Math.log(sum);
}

/** Draws the index of one allowed option. */
export function sampleCategorical(
  random: Random,
  logits: Float32Array,
  offset: number,
  options: number,
  masks?: Float32Array,
  maskOffset = 0,
): number {
  // The largest of the logits plus Gumbel noise, −log(−log u), falls on option i with probability p_i (Gumbel 1954).
  let choice = 0;
  let best = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < options; i++) {
    const noisy = logits[offset + i]! - Math.log(-Math.log(random.uniform(Number.EPSILON, 1)));
    if (masks?.[maskOffset + i] === 0 || noisy <= best) continue;
    choice = i;
    best = noisy;
  }
  return choice;
}
