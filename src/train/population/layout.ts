import { initializeLayers, type LayerPlace, layersOf, placeLayers } from "../../nn/layerPlaces.js";
import type { Activation, FrozenNormalizer, PolicyNetwork } from "../../policy/network.js";
import { type ActionSpec, maskSize } from "../../policy/policy.js";
import type { Random } from "../../random.js";

export interface PolicyShape {
  readonly observationSize: number;
  readonly actionSpec: ActionSpec;
  readonly activation: Activation;
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
}

/** A policy without a critic as one flat vector `[size]`. */
export interface PolicyLayout extends PolicyShape {
  readonly layers: readonly LayerPlace[];
  readonly size: number;
}

export function policyLayout(shape: PolicyShape): PolicyLayout {
  const { observationSize, actionSpec, hidden } = shape;
  const { layers, end } = placeLayers(0, [observationSize, ...hidden, actionSpec.continuous + maskSize(actionSpec)]);
  return { ...shape, layers, size: end };
}

/** Orthogonal weights with gain √2, 0.01 for the head. */
export function initialPolicy(layout: PolicyLayout, random: Random): Float64Array {
  const parameters = new Float32Array(layout.size);
  initializeLayers(layout.layers, 0.01, random, parameters);
  return Float64Array.from(parameters);
}

/** A candidate as plain data. Its actions are certain: what is random in such a search is the candidate itself. */
export function policyOf(
  layout: PolicyLayout,
  parameters: Float32Array,
  normalizer: FrozenNormalizer | null,
): PolicyNetwork {
  const { observationSize, actionSpec, activation, layers } = layout;
  const logStd = new Float32Array(actionSpec.continuous).fill(CERTAIN);
  return {
    observationSize,
    actionSpec,
    activation,
    normalizer,
    layers: layersOf(layers, parameters),
    squash: "clip",
    logStd,
  };
}

/** log σ of a policy that does not explore. */
const CERTAIN = -20;
