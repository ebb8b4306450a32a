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

  constructor(private readonly spec: ActionSpec) {
    this.maskSize = maskSize(spec);
    this.actionSize = actionSize(spec);
    this.headSize = spec.continuous + this.maskSize;
  }

  /**
   * Draws the action of row `row` of `head` into the same row of `actions`, unclipped.
   * @param head `[rows, headSize]` @param logStd `[continuous]` @param actions `[rows, actionSize]`
   * @param masks `[rows, maskSize]`, 0 = forbidden
   * @returns the logarithm of the action's probability
   */
  sample(
    random: Random,
    head: Float32Array,
    logStd: Float32Array,
    row: number,
    actions: Float32Array,
    masks?: Float32Array,
  ): number {
    const { continuous, discrete } = this.spec;
    let headOffset = row * this.headSize;
    let actionOffset = row * this.actionSize;
    let maskOffset = row * this.maskSize;
    let logProbability = sampleGaussian(random, head, headOffset, logStd, actions, actionOffset, continuous);
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

/** Draws one action into `action` and returns the logarithm of its probability density. */
export function sampleGaussian(
  random: Random,
  mean: Float32Array,
  meanOffset: number,
  logStd: Float32Array,
  action: Float32Array,
  actionOffset: number,
  size: number,
): number {
  let logProbability = -size * HALF_LOG_TWO_PI;
  for (let i = 0; i < size; i++) {
    const logSigma = logStd[i]!;
    const sigma = Math.exp(logSigma);
    action[actionOffset + i] = mean[meanOffset + i]! + sigma * random.normal();
    // Of the action as stored, in single precision, so that the learner finds the same number.
    const z = (action[actionOffset + i]! - mean[meanOffset + i]!) / sigma;
    logProbability -= 0.5 * z * z + logSigma;
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
