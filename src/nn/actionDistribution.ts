import * as tf from "@tensorflow/tfjs";
import { type ActionSpec, actionSize, maskSize } from "../policy/policy.js";
import type { Random } from "../random.js";
import {
  categoricalEntropy,
  categoricalLogProbabilities,
  categoricalLogProbability,
  categoricalLogProbabilityAt,
  sampleCategorical,
} from "./categorical.js";
import { gaussianEntropy, gaussianLogProbability, sampleGaussian } from "./gaussian.js";

/**
 * Distribution over the actions of an {@link ActionSpec}: a diagonal Gaussian for the continuous values and one
 * categorical for each branch, all independent given the head of the policy network,
 * `[continuous means | logits of branch 0 | logits of branch 1 | …]`. Actions are stored unclipped.
 */
export class ActionDistribution {
  /** Width of the head. */
  readonly headSize: number;
  private readonly actionSize: number;
  private readonly maskSize: number;

  constructor(private readonly spec: ActionSpec) {
    this.actionSize = actionSize(spec);
    this.maskSize = maskSize(spec);
    this.headSize = spec.continuous + this.maskSize;
  }

  /**
   * For the learner.
   * @param head `[B, headSize]` @param logStd `[continuous]` @param actions `[B, actionSize]` @param masks `[B, maskSize]`
   * @returns the logarithm of each action's probability, `[B]`, and the entropy, `[B]`, or a scalar without discrete
   *   branches, where it is the same in every state
   */
  evaluate(
    head: tf.Tensor2D,
    logStd: tf.Tensor1D,
    actions: tf.Tensor2D,
    masks?: tf.Tensor2D,
  ): { logProbability: tf.Tensor1D; entropy: tf.Tensor } {
    const { continuous, discrete } = this.spec;
    return tf.tidy(() => {
      const logProbabilities: tf.Tensor1D[] = [];
      const entropies: tf.Tensor[] = [];
      if (continuous > 0) {
        const mean = columns(head, 0, continuous);
        logProbabilities.push(gaussianLogProbability(mean, logStd, columns(actions, 0, continuous)));
        entropies.push(gaussianEntropy(logStd));
      }
      let offset = 0;
      discrete.forEach((options, branch) => {
        const branchMasks = masks && columns(masks, offset, options);
        const branchLogits = columns(head, continuous + offset, options);
        const logits = categoricalLogProbabilities(branchLogits, branchMasks);
        const choices = columns(actions, continuous + branch, 1).flatten();
        logProbabilities.push(categoricalLogProbability(logits, choices));
        entropies.push(categoricalEntropy(logits));
        offset += options;
      });
      return {
        logProbability: logProbabilities.reduce((sum, term) => tf.add(sum, term)),
        entropy: entropies.reduce((sum, term) => tf.add(sum, term)),
      };
    });
  }

  /**
   * For the rollout: draws the action of row `row` of `head` into the same row of `actions`.
   * @param head `[rows, headSize]` @param logStd `[continuous]` @param actions `[rows, actionSize]`
   * @param masks `[rows, maskSize]`
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
    for (const options of discrete) {
      const choice = sampleCategorical(random, head, headOffset, options, masks, maskOffset);
      logProbability += categoricalLogProbabilityAt(head, headOffset, options, choice, masks, maskOffset);
      actions[actionOffset++] = choice;
      headOffset += options;
      maskOffset += options;
    }
    return logProbability;
  }
}

/** Columns `[start, start + count)` of a matrix; the matrix itself where these are all. */
function columns(matrix: tf.Tensor2D, start: number, count: number): tf.Tensor2D {
  return count === matrix.shape[1] ? matrix : tf.slice(matrix, [0, start], [-1, count]);
}
