import * as tf from "@tensorflow/tfjs";

export interface PpoMinibatch {
  /** log π(a|s) of the policy being trained, `[B]`. */
  readonly logProbability: tf.Tensor1D;
  /** Entropy of the policy being trained, `[B]` or a scalar. */
  readonly entropy: tf.Tensor;
  /** V(s) of the critic being trained, `[B]`. */
  readonly values: tf.Tensor1D;
  /** log π(a|s) when the action was taken, `[B]`. */
  readonly oldLogProbability: tf.Tensor1D;
  /** `[B]`, usually normalised. */
  readonly advantages: tf.Tensor1D;
  /** What the values should be, `[B]`. */
  readonly returns: tf.Tensor1D;
}

export interface PpoCoefficients {
  /** ε, half the width of the interval to which the probability ratio is clipped; infinite: it is not. */
  readonly epsilon: number;
  /** Weight of the estimate of KL(π_old ‖ π). Default 0. */
  readonly klCoefficient?: number;
  readonly valueCoefficient: number;
  /** β in ML-Agents. */
  readonly entropyCoefficient: number;
}

/** All scalars. `total` is what to minimise. */
export interface PpoLosses {
  readonly total: tf.Scalar;
  readonly policyLoss: tf.Scalar;
  readonly valueLoss: tf.Scalar;
  readonly entropy: tf.Scalar;
  /** Estimate of KL(π_old ‖ π), in nats. */
  readonly approximateKl: tf.Scalar;
  /** Fraction of the samples whose ratio is outside of 1 ± ε. */
  readonly clipFraction: tf.Scalar;
}

/**
 * Proximal policy optimisation (Schulman et al. 2017, eq. 9): surrogate, clipped or with a penalty on the KL divergence
 * (eq. 8), value loss and entropy bonus.
 */
export function ppoLosses(batch: PpoMinibatch, coefficients: PpoCoefficients): PpoLosses {
  const { epsilon, klCoefficient = 0, valueCoefficient, entropyCoefficient } = coefficients;
  return tf.tidy(() => {
    const logRatio = tf.sub<tf.Tensor1D>(batch.logProbability, batch.oldLogProbability); // [B]
    const ratio = tf.exp(logRatio);
    const policyLoss = clippedSurrogateLoss(ratio, batch.advantages, epsilon);
    const kl = approximateKl(ratio, logRatio);
    const valueLoss = halfMeanSquare(tf.sub<tf.Tensor1D>(batch.values, batch.returns));
    const entropy = tf.mean<tf.Scalar>(batch.entropy);
    // L = L_policy + c_KL · KL + c_value · L_value − c_entropy · H
    const policy = klCoefficient > 0 ? tf.add(policyLoss, tf.mul(kl, klCoefficient)) : policyLoss;
    const policyAndValue = tf.add(policy, tf.mul(valueLoss, valueCoefficient));
    return {
      total: tf.sub<tf.Scalar>(policyAndValue, tf.mul(entropy, entropyCoefficient)),
      policyLoss,
      valueLoss,
      entropy,
      approximateKl: kl,
      clipFraction: clipFraction(ratio, epsilon),
    };
  });
}

/** −mean(min(r A, clip(r, 1 − ε, 1 + ε) A)), eq. 7. @param ratio r = π/π_old, `[B]` @param advantages A, `[B]` */
export function clippedSurrogateLoss(ratio: tf.Tensor1D, advantages: tf.Tensor1D, epsilon: number): tf.Scalar {
  return tf.tidy(() => {
    const unclipped = tf.mul(ratio, advantages);
    if (!Number.isFinite(epsilon)) return tf.neg(tf.mean<tf.Scalar>(unclipped));
    const clipped = tf.mul(tf.clipByValue(ratio, 1 - epsilon, 1 + epsilon), advantages);
    return tf.neg(tf.mean<tf.Scalar>(tf.minimum(unclipped, clipped)));
  });
}

/** ½ mean(x²) */
export function halfMeanSquare(x: tf.Tensor1D): tf.Scalar {
  return tf.tidy(() => tf.mul<tf.Scalar>(tf.mean(tf.square(x)), 0.5));
}

/** mean((r − 1) − log r): unbiased for KL(π_old ‖ π), never negative (Schulman 2020, "Approximating KL divergence"). */
export function approximateKl(ratio: tf.Tensor1D, logRatio: tf.Tensor1D): tf.Scalar {
  return tf.tidy(() => tf.mean<tf.Scalar>(tf.sub(tf.sub(ratio, 1), logRatio)));
}

/** Fraction of the ratios outside of 1 ± ε. */
export function clipFraction(ratio: tf.Tensor1D, epsilon: number): tf.Scalar {
  return tf.tidy(() => tf.mean<tf.Scalar>(tf.cast(tf.greater(tf.abs(tf.sub(ratio, 1)), epsilon), "float32")));
}

/** Shifts and scales the advantages of a minibatch to mean 0 and standard deviation 1, in place. */
export function normalizeAdvantages(advantages: Float32Array): void {
  let sum = 0;
  for (const advantage of advantages) sum += advantage;
  const mean = sum / advantages.length;
  let squares = 0;
  for (const advantage of advantages) squares += (advantage - mean) ** 2;
  // The unbiased deviation, as PyTorch's `std`.
  const std = Math.sqrt(squares / Math.max(advantages.length - 1, 1));
  for (let i = 0; i < advantages.length; i++) advantages[i] = (advantages[i]! - mean) / (std + 1e-8);
}
