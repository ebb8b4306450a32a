import * as tf from "@tensorflow/tfjs";
import type { GpuProgram, GpuPrograms } from "../../nn/webgpu/program.js";
import type { PpoCoefficients } from "./losses.js";

/** One minibatch at the outputs of the networks, of a policy without discrete actions. */
export interface GaussianMinibatch {
  /** Means of the actor being trained, `[B, d]`. */
  readonly mean: tf.Tensor2D;
  /** log σ, `[d]` */
  readonly logStd: tf.Tensor1D;
  /** V(s) of the critic being trained, `[B, 1]`. */
  readonly values: tf.Tensor2D;
  /** `[B, d]` */
  readonly actions: tf.Tensor2D;
  /** log π(a|s) when the action was taken, advantage, and what the value should be, `[B, 3]`. */
  readonly targets: tf.Tensor2D;
}

/**
 * The numbers of `ppoLosses` and their gradient for a diagonal Gaussian, in two dispatches.
 * @returns what to minimise; and policy loss, value loss, entropy, approximate KL and clip fraction, `[5]`
 */
export function gaussianLossesOnGpu(
  programs: GpuPrograms,
  { mean, logStd, values, actions, targets }: GaussianMinibatch,
  { epsilon, valueCoefficient, entropyCoefficient }: PpoCoefficients,
): { total: tf.Scalar; metrics: tf.Tensor1D } {
  return tf.tidy(() => {
    const [rows, size] = mean.shape;
    const output = (shape: number[]) => tf.engine().makeTensorFromTensorInfo(programs.output(shape));
    const [dMean, dValues, terms] = [output([rows, size]), output([rows, 1]), output([rows * (4 + size)])];
    const [total, metrics, dLogStd] = [output([]), output([5]), output([size])];
    programs.dispatch(
      rowsProgram,
      [mean, logStd, values, actions, targets, dMean, dValues, terms],
      [rows, size, epsilon, valueCoefficient],
      [Math.min(Math.ceil(rows / THREADS), MOST_WORKGROUPS), 1],
    );
    programs.dispatch(
      sumsProgram,
      [terms, logStd, total, metrics, dLogStd],
      [rows, size, valueCoefficient, entropyCoefficient],
      [1 + size, 1],
    );
    const differentiable = tf.customGrad((...parameters) => {
      const save = parameters[3] as unknown as tf.GradSaveFunc;
      save([dMean, dLogStd, dValues]);
      const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => saved.map((gradient) => tf.mul(gradient, dy));
      return { value: total.clone(), gradFunc };
    });
    return {
      total: differentiable(mean, logStd, values) as tf.Scalar,
      metrics: metrics as tf.Tensor1D,
    };
  });
}

const THREADS = 256;
const MOST_WORKGROUPS = 4096;
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * Row by row: the gradients for mean and value, and the terms of what is summed over the rows: first four numbers of
 * each row (policy loss, value loss, KL, clipped or not), then for each component of log σ those of all rows.
 */
const rowsProgram: GpuProgram = {
  reads: ["mean", "logStd", "values", "actions", "targets"],
  writes: ["dMean", "dValues", "terms"],
  counts: ["rows", "size"],
  factors: ["epsilon", "valueCoefficient"],
  code: `
@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) workgroups: vec3u) {
  for (var row = id.x; row < p.rows; row += ${THREADS}u * workgroups.x) {
    // log N = −½ z² − log σ − ½ log 2π with z = (a − μ) / σ, summed over the components
    var logProbability = -f32(p.size) * ${HALF_LOG_TWO_PI};
    for (var j = 0u; j < p.size; j++) {
      let z = (actions[row * p.size + j] - mean[row * p.size + j]) * exp(-logStd[j]);
      logProbability -= 0.5 * z * z + logStd[j];
    }
    let logRatio = logProbability - targets[3u * row];
    let ratio = exp(logRatio);
    let advantage = targets[3u * row + 1u];
    let unclipped = ratio * advantage;
    let clipped = clamp(ratio, 1.0 - p.epsilon, 1.0 + p.epsilon) * advantage;
    let error = values[row] - targets[3u * row + 2u];
    terms[4u * row] = -min(unclipped, clipped);
    terms[4u * row + 1u] = 0.5 * error * error;
    terms[4u * row + 2u] = ratio - 1.0 - logRatio;
    terms[4u * row + 3u] = select(0.0, 1.0, abs(ratio - 1.0) > p.epsilon);

    dValues[row] = p.valueCoefficient * error / f32(p.rows);
    // d(r A) / d log π = r A; where the clipped term is the smaller one, it is constant.
    let dLogProbability = select(-unclipped / f32(p.rows), 0.0, clipped < unclipped);
    for (var j = 0u; j < p.size; j++) {
      // ∂ log N / ∂μ = z / σ, ∂ log N / ∂ log σ = z² − 1
      let inverse = exp(-logStd[j]);
      let z = (actions[row * p.size + j] - mean[row * p.size + j]) * inverse;
      dMean[row * p.size + j] = dLogProbability * z * inverse;
      terms[(4u + j) * p.rows + row] = dLogProbability * (z * z - 1.0);
    }
  }
}`,
};

/** Sums over the rows: workgroup 0 of the losses, workgroup 1 + j of the gradient for component j of log σ. */
const sumsProgram: GpuProgram = {
  reads: ["terms", "logStd"],
  writes: ["total", "metrics", "dLogStd"],
  counts: ["rows", "size"],
  factors: ["valueCoefficient", "entropyCoefficient"],
  code: `
var<workgroup> sums: array<vec4f, ${THREADS}>;
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  var sum = vec4f(0.0);
  for (var row = thread; row < p.rows; row += ${THREADS}u) {
    if (group.x == 0u) {
      sum += vec4f(terms[4u * row], terms[4u * row + 1u], terms[4u * row + 2u], terms[4u * row + 3u]);
    } else {
      sum.x += terms[(3u + group.x) * p.rows + row];
    }
  }
  sums[thread] = sum;
  for (var width = ${THREADS / 2}u; width > 0u; width /= 2u) {
    workgroupBarrier();
    if (thread < width) { sums[thread] += sums[thread + width]; }
  }
  if (thread != 0u) { return; }
  if (group.x > 0u) {
    // The entropy, Σ (log σ + ½ log 2πe), has slope 1.
    dLogStd[group.x - 1u] = sums[0].x - p.entropyCoefficient;
    return;
  }
  let means = sums[0] / f32(p.rows);
  var entropy = f32(p.size) * ${HALF_LOG_TWO_PI + 0.5};
  for (var j = 0u; j < p.size; j++) { entropy += logStd[j]; }
  metrics[0] = means.x;
  metrics[1] = means.y;
  metrics[2] = entropy;
  metrics[3] = means.z;
  metrics[4] = means.w;
  total[0] = means.x + p.valueCoefficient * means.y - p.entropyCoefficient * entropy;
}`,
};
