import * as tf from "@tensorflow/tfjs";

// One branch of discrete actions: a choice among `options`, of which a mask (1 = allowed, 0 = forbidden) may rule out some.

/** Stands in for the logit of a forbidden option: its probability underflows to 0, its gradient is 0 and finite. */
const FORBIDDEN_LOGIT = -1e8;

/**
 * @param logits `[B, options]` @param masks `[B, options]`
 * @returns `[B, options]` logarithms of the probabilities, far below any other where forbidden
 */
export function categoricalLogProbabilities(logits: tf.Tensor2D, masks?: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const allowed = masks ? tf.where(tf.cast(masks, "bool"), logits, tf.fill(logits.shape, FORBIDDEN_LOGIT)) : logits;
    return tf.logSoftmax(allowed);
  });
}

/** log p of the chosen options. @param logProbabilities `[B, options]` @param choices `[B]` indices @returns `[B]` */
export function categoricalLogProbability(logProbabilities: tf.Tensor2D, choices: tf.Tensor1D): tf.Tensor1D {
  return tf.tidy(() => {
    const chosen = tf.oneHot(tf.cast(choices, "int32"), logProbabilities.shape[1]); // [B, options]
    return tf.sum(tf.mul(chosen, logProbabilities), 1);
  });
}

/** −Σ p log p. @param logProbabilities `[B, options]` @returns `[B]` */
export function categoricalEntropy(logProbabilities: tf.Tensor2D): tf.Tensor1D {
  return tf.tidy(() => tf.neg(tf.sum<tf.Tensor1D>(tf.mul(tf.exp(logProbabilities), logProbabilities), 1)));
}
