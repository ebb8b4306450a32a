import * as tf from "@tensorflow/tfjs";
import { gaussianLogProbability } from "./gaussian.js";
import { LOG_STD_RANGE } from "./logStdRange.js";

// Gaussian with a diagonal covariance, squashed into (−1, 1) by the hyperbolic tangent: a = tanh(u), u = μ + σ·ε.

/** log σ in its range from what a network says, see `boundedLogStd`. @param raw `[B, d]` */
export function boundedLogStds(raw: tf.Tensor2D): tf.Tensor2D {
  const [low, high] = LOG_STD_RANGE;
  return tf.tidy(() => tf.add(tf.mul(tf.add(tf.tanh(raw), 1), (high - low) / 2), low));
}

/**
 * Draws actions in a way that gradients pass through (Haarnoja et al. 2018, arXiv 1812.05905, appendix C):
 * log π(a) = log N(u | μ, σ²) − Σ log(1 − tanh² u), with log(1 − tanh² u) = 2 (log 2 − u − softplus(−2u)), which
 * does not lose its digits where |u| is large.
 *
 * @param mean `[B, d]` @param logStd `[B, d]` @param noise `[B, d]`, standard normal
 * @returns actions `[B, d]` and their log-probabilities `[B]`
 */
export function squashedSample(
  mean: tf.Tensor2D,
  logStd: tf.Tensor2D,
  noise: tf.Tensor2D,
): { actions: tf.Tensor2D; logProbability: tf.Tensor1D } {
  return tf.tidy(() => {
    const u = tf.add<tf.Tensor2D>(mean, tf.mul(tf.exp(logStd), noise));
    // With the noise as the standardised value: log N = −½ ε² − log σ − ½ log 2π
    const zero = tf.zerosLike(noise) as tf.Tensor2D;
    const unit = tf.zeros<tf.Rank.R1>([noise.shape[1]]);
    const normal = tf.sub<tf.Tensor1D>(gaussianLogProbability(zero, unit, noise), tf.sum(logStd, 1));
    const slope = tf.mul(tf.sub(tf.sub(Math.LN2, u), tf.softplus(tf.mul(u, -2))), 2);
    return { actions: tf.tanh(u), logProbability: tf.sub(normal, tf.sum(slope, 1)) };
  });
}
