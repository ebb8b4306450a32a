import * as tf from "@tensorflow/tfjs";
import type { Random } from "../random.js";
import type { KernelLibrary } from "./kernels/library.js";
import { kernelLibrary } from "./kernels/register.js";

// Diagonal Gaussian: each of the d components has its own mean; the standard deviations do not depend on the state.

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * log N(a | μ, σ²), summed over the components.
 * @param mean `[B, d]` @param logStd `[d]` @param actions `[B, d]` @returns `[B]`
 */
export function gaussianLogProbability(mean: tf.Tensor2D, logStd: tf.Tensor1D, actions: tf.Tensor2D): tf.Tensor1D {
  const kernels = kernelLibrary();
  if (kernels) return fusedLogProbability(kernels, mean, logStd, actions);
  return tf.tidy(() => {
    // log N = −½ z² − log σ − ½ log 2π with z = (a − μ) / σ
    const z = tf.mul(tf.sub(actions, mean), tf.exp(tf.neg(logStd))); // [B, d]
    const squares = tf.sum<tf.Tensor1D>(tf.square(z), 1); // [B]
    const normalization = tf.add(tf.sum(logStd), logStd.size * HALF_LOG_TWO_PI);
    return tf.sub(tf.mul(squares, -0.5), normalization);
  });
}

/** {@link gaussianLogProbability} as one operation, with a gradient for the mean and the deviations. */
function fusedLogProbability(
  kernels: KernelLibrary,
  mean: tf.Tensor2D,
  logStd: tf.Tensor1D,
  actions: tf.Tensor2D,
): tf.Tensor1D {
  const [batch, size] = mean.shape;
  const operation = tf.customGrad((...parameters) => {
    const [mean, logStd, save] = parameters as unknown as [tf.Tensor2D, tf.Tensor1D, tf.GradSaveFunc];
    save([mean, logStd, actions]);
    const [value] = kernels.compute([mean, logStd, actions], [[batch]], ([mean, logStd, actions], [out]) => {
      for (let row = 0; row < batch; row++) {
        out![row] = gaussianLogProbabilityAt(mean!, row * size, logStd!, actions!, row * size, size);
      }
    });
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) =>
      kernels.compute([dy, ...saved], [[batch, size], [size]], logProbabilityGradient);
    return { value: value as tf.Tensor1D, gradFunc };
  });
  return operation(mean, logStd) as tf.Tensor1D;
}

/** ∂ log N / ∂μ = z / σ, ∂ log N / ∂ log σ = z² − 1, times dy `[B]`, into `[B, d]` and, summed over the rows, `[d]`. */
function logProbabilityGradient(inputs: Float32Array[], outputs: Float32Array[]): void {
  const [dy, mean, logStd, actions] = inputs as [Float32Array, Float32Array, Float32Array, Float32Array];
  const [dMean, dLogStd] = outputs as [Float32Array, Float32Array];
  const size = logStd.length;
  for (let j = 0; j < size; j++) {
    const precision = Math.exp(-logStd[j]!);
    let sum = 0;
    for (let row = 0, i = j; row < dy.length; row++, i += size) {
      const z = (actions[i]! - mean[i]!) * precision;
      dMean[i] = dy[row]! * z * precision;
      sum += dy[row]! * (z * z - 1);
    }
    dLogStd[j] = sum;
  }
}

/** Σ (log σ + ½ log 2πe), the same in every state. @param logStd `[d]` */
export function gaussianEntropy(logStd: tf.Tensor1D): tf.Scalar {
  return tf.tidy(() => tf.add<tf.Scalar>(tf.sum(logStd), logStd.size * (HALF_LOG_TWO_PI + 0.5)));
}

/** {@link gaussianLogProbability} of one action: `size` numbers of `mean` and `action` from their offsets on. */
export function gaussianLogProbabilityAt(
  mean: Float32Array,
  meanOffset: number,
  logStd: Float32Array,
  action: Float32Array,
  actionOffset: number,
  size: number,
): number {
  let logProbability = -size * HALF_LOG_TWO_PI;
  for (let i = 0; i < size; i++) {
    const logSigma = logStd[i] as number;
    const z = ((action[actionOffset + i] as number) - (mean[meanOffset + i] as number)) * Math.exp(-logSigma);
    logProbability -= 0.5 * z * z + logSigma;
  }
  return logProbability;
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
  for (let i = 0; i < size; i++) {
    action[actionOffset + i] = (mean[meanOffset + i] as number) + Math.exp(logStd[i] as number) * random.normal();
  }
  // Of the action as stored, in single precision, so that the learner finds the same number.
  return gaussianLogProbabilityAt(mean, meanOffset, logStd, action, actionOffset, size);
}
