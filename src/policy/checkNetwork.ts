import { InputError } from "../inputError.js";
import { ACTIVATIONS, type PolicyNetwork } from "./network.js";
import { maskSize } from "./policy.js";

/** Numbers that the head gives per row: for the continuous actions, then the logits of every branch. */
export function headSize(network: PolicyNetwork): number {
  return continuousHeadSize(network) + maskSize(network.actionSpec);
}

/** Numbers that the head gives per row for the continuous actions: their means, and what their deviations come from. */
export function continuousHeadSize({ actionSpec, stdRange }: PolicyNetwork): number {
  return (stdRange ? 2 : 1) * actionSpec.continuous;
}

/**
 * Checks that the sizes of a network fit together.
 * @throws InputError that names the part that does not fit.
 */
export function checkNetwork(network: PolicyNetwork): void {
  const { observationSize, actionSpec, activation, normalizer, layers, squash, logStd, stdRange } = network;
  const expectLength = (what: string, values: Float32Array, length: number) => {
    if (values.length !== length) {
      throw new InputError(`The network's ${what} has ${values.length} values, but ${length} are needed.`);
    }
  };
  if (headSize(network) === 0)
    throw new InputError("The network has no actions: give it a continuous or discrete one.");
  if (layers.length === 0) throw new InputError("The network has no layers: at least the head is needed.");
  if (!ACTIVATIONS.includes(activation)) {
    throw new InputError(`The network's activation "${activation}" is unknown; allowed are ${ACTIVATIONS.join(", ")}.`);
  }
  if (squash !== "clip" && squash !== "tanh") {
    throw new InputError(`The network's squash "${squash}" is unknown; allowed are clip, tanh.`);
  }
  let inputs = observationSize;
  layers.forEach((layer, index) => {
    if (layer.inputs !== inputs) {
      throw new InputError(`Layer ${index} of the network takes ${layer.inputs} inputs, but it is given ${inputs}.`);
    }
    expectLength(`layer ${index} weights`, layer.weights, layer.inputs * layer.outputs);
    expectLength(`layer ${index} bias`, layer.bias, layer.outputs);
    inputs = layer.outputs;
  });
  if (inputs !== headSize(network)) {
    throw new InputError(`The network's head gives ${inputs} numbers, but its actions need ${headSize(network)}.`);
  }
  expectLength("logStd", logStd, stdRange ? 0 : actionSpec.continuous);
  if (normalizer !== null) {
    expectLength("normalizer mean", normalizer.mean, observationSize);
    expectLength("normalizer std", normalizer.std, observationSize);
    if (!normalizer.std.every((std) => std > 0))
      throw new InputError("The normalizer's std must be positive everywhere.");
    if (!(normalizer.clip > 0))
      throw new InputError(`The normalizer's clip is ${normalizer.clip}; it must be positive.`);
  }
}
