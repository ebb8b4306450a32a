import * as tf from "@tensorflow/tfjs";

// Diagonal Gaussian: each of the d components has its own mean; the standard deviations do not depend on the state.

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * log N(a | μ, σ²), summed over the components.
 * @param mean `[B, d]` @param logStd `[d]` @param actions `[B, d]` @returns `[B]`
 */
export function gaussianLogProbability(mean: tf.Tensor2D, logStd: tf.Tensor1D, actions: tf.Tensor2D): tf.Tensor1D {
  return tf.tidy(() => {
    // log N = −½ z² − log σ − ½ log 2π with z = (a − μ) / σ
    const z = tf.mul(tf.sub(actions, mean), tf.exp(tf.neg(logStd))); // [B, d]
    const squares = tf.sum<tf.Tensor1D>(tf.square(z), 1); // [B]
    const normalization = tf.add(tf.sum(logStd), logStd.size * HALF_LOG_TWO_PI);
    return tf.sub(tf.mul(squares, -0.5), normalization);
  });
}

/** Σ (log σ + ½ log 2πe), the same in every state. @param logStd `[d]` */
export function gaussianEntropy(logStd: tf.Tensor1D): tf.Scalar {
  return tf.tidy(() => tf.add<tf.Scalar>(tf.sum(logStd), logStd.size * (HALF_LOG_TWO_PI + 0.5)));
}
