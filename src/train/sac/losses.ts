import * as tf from "@tensorflow/tfjs";
import type { SacNetworks } from "./networks.js";

// Soft actor-critic (Haarnoja et al. 2018, arXiv 1812.05905). All arguments are batches: observations [B, o],
// actions [B, a], the rest [B].

/** Transitions on the device; `discounts` are γⁿ, or 0 where nothing follows. */
export interface SacBatch {
  readonly observations: tf.Tensor2D;
  readonly actions: tf.Tensor2D;
  readonly rewards: tf.Tensor1D;
  readonly nextObservations: tf.Tensor2D;
  readonly discounts: tf.Tensor1D;
}

/** y = r + γ (min_i Q̄_i(s′, a′) − α log π(a′|s′)) with a′ ~ π(s′) (equations 2, 3 and 5). @returns `[B]`, no gradient */
export function criticTargets(
  networks: SacNetworks,
  { rewards, nextObservations, discounts }: SacBatch,
  noise: tf.Tensor2D,
): tf.Tensor1D {
  return tf.tidy(() => {
    const { actions, logProbability } = networks.sample(nextObservations, noise);
    const [first, second] = networks.values(networks.targets, nextObservations, actions);
    const soft = tf.sub(tf.minimum(first, second), tf.mul(tf.exp(networks.logAlpha), logProbability));
    return tf.add<tf.Tensor1D>(rewards, tf.mul(discounts, soft));
  });
}

/** Σ_i mean ½ (Q_i(s, a) − y)² (equation 5). */
export function criticLoss(
  networks: SacNetworks,
  { observations, actions }: SacBatch,
  targets: tf.Tensor1D,
): { total: tf.Scalar; value: tf.Scalar } {
  return tf.tidy(() => {
    const [first, second] = networks.values(networks.critics, observations, actions);
    const halfSquare = (q: tf.Tensor1D) => tf.mul(tf.mean(tf.square(tf.sub(q, targets))), 0.5);
    return { total: tf.add<tf.Scalar>(halfSquare(first), halfSquare(second)), value: tf.mean<tf.Scalar>(first) };
  });
}

/** mean(α log π(a|s) − min_i Q_i(s, a)) with a ~ π(s) (equations 7 and 9). */
export function actorLoss(
  networks: SacNetworks,
  { observations }: SacBatch,
  noise: tf.Tensor2D,
): { total: tf.Scalar; logProbability: tf.Scalar } {
  return tf.tidy(() => {
    const { actions, logProbability } = networks.sample(observations, noise);
    const [first, second] = networks.values(networks.critics, observations, actions);
    const alpha = tf.exp(networks.logAlpha);
    const total = tf.mean<tf.Scalar>(tf.sub(tf.mul(alpha, logProbability), tf.minimum(first, second)));
    return { total, logProbability: tf.mean<tf.Scalar>(logProbability) };
  });
}

/**
 * −log α · (mean log π + H̄): what lets α grow while the policy is less random than the target entropy H̄ (equation 18,
 * with log α in place of α as the authors' code has it).
 */
export function temperatureLoss(
  networks: SacNetworks,
  logProbability: tf.Scalar,
  targetEntropy: number,
): { total: tf.Scalar } {
  return tf.tidy(() => ({
    total: tf.neg<tf.Scalar>(tf.mul(networks.logAlpha, tf.add(logProbability, targetEntropy))),
  }));
}
