import type { DenseLayer } from "../policy/network.js";
import type { Random } from "../random.js";
import { orthogonal } from "./initialize.js";

// Learners keep the numbers of all their networks in one flat vector.

/** Where one layer's weights and bias lie, counted in numbers from the start of all parameters. */
export interface LayerPlace {
  readonly inputs: number;
  readonly outputs: number;
  /** `[inputs, outputs]` */
  readonly weights: number;
  /** `[outputs]` */
  readonly bias: number;
}

/** Gives the layers of a network their places, from `offset` on, each with its weights and then its bias. */
export function placeLayers(offset: number, sizes: readonly number[]): { layers: LayerPlace[]; end: number } {
  let end = offset;
  const layers = sizes.slice(1).map((outputs, i) => {
    const inputs = sizes[i]!;
    const weights = end;
    const bias = weights + inputs * outputs;
    end = bias + outputs;
    return { inputs, outputs, weights, bias };
  });
  return { layers, end };
}

/** Orthogonal weights (Saxe et al. 2014) with gain √2, but `headGain` for the last layer; biases stay as they are. */
export function initializeLayers(
  layers: readonly LayerPlace[],
  headGain: number,
  random: Random,
  parameters: Float32Array,
): void {
  for (const layer of layers) {
    const gain = layer === layers.at(-1) ? headGain : Math.SQRT2;
    parameters.set(orthogonal(random, layer.inputs, layer.outputs, gain), layer.weights);
  }
}

/** The layers of one network as views into the parameters. */
export function layersOf(layers: readonly LayerPlace[], parameters: Float32Array): DenseLayer[] {
  return layers.map(({ inputs, outputs, weights, bias }) => ({
    inputs,
    outputs,
    weights: parameters.subarray(weights, weights + inputs * outputs),
    bias: parameters.subarray(bias, bias + outputs),
  }));
}
