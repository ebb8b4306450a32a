import { OnnxPolicy } from "../inference/onnxPolicy.js";
import { InputError } from "../inputError.js";
import { MlpPolicy } from "../policy/mlpPolicy.js";
import type { PolicyNetwork } from "../policy/network.js";
import { actionSize } from "../policy/policy.js";

/**
 * Largest difference that float32 rounding may make, relative to the largest of 1, |a| and the sum of the magnitudes of
 * the weights that lead to it: where large terms cancel, as in what an evolution of weights finds, their rounding stays.
 */
const TOLERANCE = 1e-5;

/**
 * Runs an exported policy in onnxruntime-web and compares its deterministic actions with those of the network itself.
 * A discrete choice counts by how much worse its logit is than the best one, so that a tie is no difference.
 *
 * @param observations `[count, observationSize]`, such as the policy meets.
 * @throws InputError when the actions differ by more than rounding can make of them.
 */
export async function verifyExport(
  bytes: Uint8Array,
  network: PolicyNetwork,
  observations: Float32Array,
  count: number,
): Promise<{ readonly maxAbsDifference: number }> {
  const { continuous, discrete } = network.actionSpec;
  const width = actionSize(network.actionSpec);
  const reference = new MlpPolicy(network);
  const wanted = new Float32Array(count * width);
  const got = new Float32Array(count * width);
  reference.act(observations, wanted, count);
  const exported = await OnnxPolicy.LoadAsync(bytes, { deterministic: true, name: "export" });
  try {
    if (exported.observationSize !== network.observationSize || actionSize(exported.actionSpec) !== width) {
      throw new InputError("The exported policy has other observations or actions than the network.");
    }
    await exported.act(observations, got, count);
  } finally {
    exported.dispose();
  }

  const head = reference.forward(observations, count);
  const magnitudes = weightMagnitudes(network);
  let maxAbsDifference = 0;
  for (let row = 0; row < count; row++) {
    let logits = row * reference.headSize + continuous;
    for (let i = 0; i < width; i++) {
      const a = wanted[row * width + i]!;
      const b = got[row * width + i]!;
      let difference = Math.abs(a - b);
      let scale = Math.max(Math.abs(a), magnitudes[i]!);
      if (i >= continuous) {
        scale = Math.abs(head[logits + a]!);
        difference = Math.abs(head[logits + a]! - head[logits + b]!);
        logits += discrete[i - continuous]!;
      }
      maxAbsDifference = Math.max(maxAbsDifference, difference);
      if (!(difference <= TOLERANCE * Math.max(1, scale))) {
        throw new InputError(
          `The exported policy differs from the network: action ${i} of row ${row} is ${b}, but ${a} is right.`,
        );
      }
    }
  }
  return { maxAbsDifference };
}

/** Σ_i |w_ij| of each number j of the head. */
function weightMagnitudes({ layers }: PolicyNetwork): Float64Array {
  const { inputs, outputs, weights } = layers.at(-1)!;
  const sums = new Float64Array(outputs);
  for (let k = 0; k < inputs * outputs; k++) sums[k % outputs]! += Math.abs(weights[k]!);
  return sums;
}
