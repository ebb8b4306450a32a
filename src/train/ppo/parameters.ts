import { orthogonal } from "../../nn/initialize.js";
import type { LayerPlace } from "../../nn/kernels/kernelMlp.js";
import type { Activation, DenseLayer } from "../../policy/network.js";
import { type ActionSpec, maskSize } from "../../policy/policy.js";
import type { Random } from "../../random.js";
import type { PpoLearnerState } from "./learner.js";

/** Actor, standard deviations and critic of PPO as one flat vector `[size]`, in this order. */
export interface PpoLayout {
  readonly observationSize: number;
  readonly actionSpec: ActionSpec;
  readonly activation: Activation;
  readonly actor: readonly LayerPlace[];
  /** Offset of log σ, `[actionSpec.continuous]`. */
  readonly logStd: number;
  readonly critic: readonly LayerPlace[];
  /** Number of parameters. */
  readonly size: number;
}

export interface PpoNetworkShape {
  readonly observationSize: number;
  readonly actionSpec: ActionSpec;
  readonly activation: Activation;
  /** Units of each hidden layer, of the actor and of the critic. */
  readonly hidden: readonly number[];
}

export function ppoLayout({ observationSize, actionSpec, activation, hidden }: PpoNetworkShape): PpoLayout {
  let size = 0;
  const place = (count: number) => {
    const offset = size;
    size += count;
    return offset;
  };
  const network = (outputSize: number): LayerPlace[] => {
    const sizes = [observationSize, ...hidden, outputSize];
    return sizes.slice(1).map((outputs, i) => {
      const inputs = sizes[i]!;
      return { inputs, outputs, weights: place(inputs * outputs), bias: place(outputs) };
    });
  };
  const actor = network(actionSpec.continuous + maskSize(actionSpec));
  const logStd = place(actionSpec.continuous);
  const critic = network(1);
  return { observationSize, actionSpec, activation, actor, logStd, critic, size };
}

/**
 * Parameters to start from: orthogonal weights with gain √2, but 0.01 for the actor's head, so that it starts near one
 * action, and 1 for the critic's; biases 0; every σ `initialStd`.
 * @param action the continuous actions it starts near, default zeros
 */
export function initialParameters(
  layout: PpoLayout,
  initialStd: number,
  random: Random,
  action: readonly number[] = [],
): Float32Array {
  const parameters = new Float32Array(layout.size);
  const fill = (layers: readonly LayerPlace[], headGain: number) => {
    for (const layer of layers) {
      const gain = layer === layers.at(-1) ? headGain : Math.SQRT2;
      parameters.set(orthogonal(random, layer.inputs, layer.outputs, gain), layer.weights);
    }
  };
  fill(layout.actor, 0.01);
  parameters.set(action, layout.actor.at(-1)!.bias);
  fill(layout.critic, 1);
  logStdOf(layout, parameters).fill(Math.log(initialStd));
  return parameters;
}

/** What a learner starts from: {@link initialParameters}, and no moments yet. */
export function initialState(
  layout: PpoLayout,
  initialStd: number,
  random: Random,
  action?: readonly number[],
): PpoLearnerState {
  const zeros = () => new Float32Array(layout.size);
  return {
    parameters: initialParameters(layout, initialStd, random, action),
    adam: { step: 0, mean: zeros(), square: zeros() },
  };
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

/** log σ, `[continuous]`, a view into the parameters. */
export function logStdOf({ logStd, actionSpec }: PpoLayout, parameters: Float32Array): Float32Array {
  return parameters.subarray(logStd, logStd + actionSpec.continuous);
}
