import * as tf from "@tensorflow/tfjs";
import type { ActionDistribution } from "../../nn/actionDistribution.js";
import type { Adam } from "../../nn/adam.js";
import { lossesAndGradients } from "../../nn/gradients.js";
import type { Mlp } from "../../nn/mlp.js";
import { type PpoCoefficients, ppoLosses } from "./losses.js";
import type { MinibatchRows } from "./minibatches.js";

/** What a gradient step changes, and what it needs for that. */
export interface PpoNetworks {
  readonly actor: Mlp;
  readonly critic: Mlp;
  readonly logStd: tf.Variable<tf.Rank.R1>;
  readonly distribution: ActionDistribution;
  /** Of actor, log_std and critic: those that are trained, and the optimiser over just these. */
  readonly variables: readonly tf.Variable[];
  readonly adam: Adam;
}

/** One Adam step on one minibatch. @returns policy loss, value loss, entropy, KL, clip fraction, `[5]` */
export function ppoGradientStep(
  { actor, critic, logStd, distribution, variables, adam }: PpoNetworks,
  batch: MinibatchRows,
  coefficients: PpoCoefficients,
  learningRate: number,
): tf.Tensor1D {
  return tf.tidy(() => {
    const matrix = (rows: Float32Array) => tf.tensor2d(rows, [batch.size, rows.length / batch.size]);
    const observations = matrix(batch.observations);
    const actions = matrix(batch.actions);
    const masks = batch.masks.length > 0 ? matrix(batch.masks) : undefined;
    const oldLogProbability = tf.tensor1d(batch.logProbabilities);
    const advantages = tf.tensor1d(batch.advantages);
    const returns = tf.tensor1d(batch.returns);
    const { losses, gradients } = lossesAndGradients(variables, () => {
      const head = actor.forward(observations);
      const values = critic.forward(observations).as1D();
      const { logProbability, entropy } = distribution.evaluate(head, logStd, actions, masks);
      return ppoLosses({ logProbability, entropy, values, oldLogProbability, advantages, returns }, coefficients);
    });
    adam.step(gradients, learningRate);
    const { policyLoss, valueLoss, entropy, approximateKl, clipFraction } = losses;
    const result = tf.stack([policyLoss, valueLoss, entropy, approximateKl, clipFraction]) as tf.Tensor1D;
    tf.dispose(Object.values(losses));
    return result;
  });
}
