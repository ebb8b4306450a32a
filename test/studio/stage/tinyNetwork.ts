import type { PolicyNetwork } from "../../../src/policy/network.js";
import type { Random } from "../../../src/random.js";

/** One affine layer with small random weights. */
export function tinyNetwork(observationSize: number, continuous: number, random: Random): PolicyNetwork {
  const weights = Float32Array.from({ length: observationSize * continuous }, () => 0.1 * random.normal());
  return {
    observationSize,
    actionSpec: { continuous, discrete: [] },
    activation: "tanh",
    normalizer: null,
    layers: [{ inputs: observationSize, outputs: continuous, weights, bias: new Float32Array(continuous) }],
    squash: "clip",
    logStd: new Float32Array(continuous),
  };
}
