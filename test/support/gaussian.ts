const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** log N(a | μ, σ²) of one action, summed over its components: `size` numbers of `mean` and `action` from their offsets on. */
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
