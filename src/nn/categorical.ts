import * as tf from "@tensorflow/tfjs";
import type { Random } from "../random.js";

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

/** log p of option `choice` of one branch, whose logits and mask entries start at `offset` and `maskOffset`. */
export function categoricalLogProbabilityAt(
  logits: Float32Array,
  offset: number,
  options: number,
  choice: number,
  masks?: Float32Array,
  maskOffset = 0,
): number {
  const isAllowed = (i: number) => masks === undefined || masks[maskOffset + i] !== 0;
  let maximum = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < options; i++) if (isAllowed(i)) maximum = Math.max(maximum, logits[offset + i] as number);
  let sum = 0;
  for (let i = 0; i < options; i++) if (isAllowed(i)) sum += Math.exp((logits[offset + i] as number) - maximum);
  return isAllowed(choice) ? (logits[offset + choice] as number) - maximum - Math.log(sum) : FORBIDDEN_LOGIT;
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
    const noisy = (logits[offset + i] as number) - Math.log(-Math.log(random.uniform(Number.EPSILON, 1)));
    if (masks?.[maskOffset + i] === 0 || noisy <= best) continue;
    choice = i;
    best = noisy;
  }
  return choice;
}
