import { orthogonal } from "../../nn/initialize.js";
import type { PolicyNetwork } from "../../policy/network.js";
import { type ActionSpec, maskSize } from "../../policy/policy.js";
import type { Random } from "../../random.js";
import type { PpoConfig } from "../../train/config/trainerConfig.js";
import { hiddenLayers } from "../../train/createTrainer.js";

/** A policy of the size and activation that the configuration asks for, with the weights that training starts from. */
export function untrainedNetwork(
  { observationSize, actionSpec }: { readonly observationSize: number; readonly actionSpec: ActionSpec },
  config: PpoConfig,
  random: Random,
): PolicyNetwork {
  const { networkSettings, legwork } = config;
  const { numLayers, normalize } = networkSettings;
  const headSize = actionSpec.continuous + maskSize(actionSpec);
  const sizes = [observationSize, ...hiddenLayers(config), headSize];
  const layers = sizes.slice(1).map((outputs, index) => {
    const inputs = sizes[index]!;
    const weights = orthogonal(random, inputs, outputs, index < numLayers ? Math.SQRT2 : 0.01);
    return { inputs, outputs, weights, bias: new Float32Array(outputs) };
  });
  const ones = new Float32Array(observationSize).fill(1);
  return {
    observationSize,
    actionSpec,
    activation: legwork.activation,
    normalizer: normalize
      ? { mean: new Float32Array(observationSize), std: ones, clip: legwork.observationClip }
      : null,
    layers,
    squash: "clip",
    logStd: new Float32Array(actionSpec.continuous).fill(Math.log(legwork.initialStd)),
  };
}
