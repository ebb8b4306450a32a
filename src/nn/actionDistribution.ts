import * as tf from "@tensorflow/tfjs";
import type { ActionSpec } from "../policy/policy.js";
import { categoricalEntropy, categoricalLogProbabilities, categoricalLogProbability } from "./categorical.js";
import { gaussianEntropy, gaussianLogProbability } from "./gaussian.js";

/**
 * Distribution over the actions of an {@link ActionSpec}: a diagonal Gaussian for the continuous values and one
 * categorical for each branch, all independent given the head of the policy network,
 * `[continuous means | logits of branch 0 | logits of branch 1 | …]`. `ActionSampler` draws from the same.
 */
export class ActionDistribution {
  constructor(private readonly spec: ActionSpec) {}

  /**
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
}

/** Columns `[start, start + count)` of a matrix; the matrix itself where these are all. */
function columns(matrix: tf.Tensor2D, start: number, count: number): tf.Tensor2D {
  return count === matrix.shape[1] ? matrix : tf.slice(matrix, [0, start], [-1, count]);
}
