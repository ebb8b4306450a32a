import { InputError } from "../inputError.js";
import { observationName, TensorName } from "./contract.js";
import { ElementType, type OnnxModel, type OnnxValueInfo } from "./onnxFormat.js";

/** The inputs and outputs of a policy file that inference uses. */
export interface ModelLayout {
  /** Size of `obs_0`, `obs_1` … */
  readonly observationSizes: readonly number[];
  /** Size of `action_masks`, 0 without that input. */
  readonly maskSize: number;
  /** Outputs to read, null where the model has no such actions. */
  readonly continuousOutput: string | null;
  readonly discreteOutput: string | null;
  /** Whether these outputs are the deterministic ones. */
  readonly deterministic: boolean;
}

/**
 * Finds the inputs and outputs of the ML-Agents contract in a model.
 * @param deterministic undefined: deterministic where the model has those outputs.
 * @throws InputError where the model has an input that Legwork cannot fill, or lacks an output.
 */
export function layoutOf(model: OnnxModel, deterministic: boolean | undefined): ModelLayout {
  const { initializers, inputs, outputs } = model.graph;
  const constants = new Set(initializers.map((tensor) => tensor.name)); // old files list constants as inputs too
  const free = new Map(inputs.filter(({ name }) => !constants.has(name)).map((input) => [input.name, input]));
  if (free.has(TensorName.recurrentIn)) {
    throw new InputError(`it has memory (input ${TensorName.recurrentIn}), and recurrent policies are not supported.`);
  }
  const observationSizes: number[] = [];
  for (let input = free.get(observationName(0)); input !== undefined; ) {
    observationSizes.push(columnsOf(input));
    free.delete(input.name);
    input = free.get(observationName(observationSizes.length));
  }
  if (observationSizes.length === 0) throw new InputError(`it has no input ${observationName(0)}.`);
  const masks = free.get(TensorName.actionMasks);
  free.delete(TensorName.actionMasks);
  for (const name of free.keys()) {
    throw new InputError(`its input ${name} is unknown; allowed are obs_0, obs_1 … and ${TensorName.actionMasks}.`);
  }

  const names = new Set(outputs.map(({ name }) => name));
  const pick = (sampled: string, best: string): string | null => {
    if (!names.has(sampled) && !names.has(best)) return null;
    if (deterministic === undefined) return names.has(best) ? best : sampled;
    const wanted = deterministic ? best : sampled;
    if (names.has(wanted)) return wanted;
    throw new InputError(`it has no output ${wanted}; load it with deterministic: ${!deterministic}.`);
  };
  const continuousOutput = pick(TensorName.continuousActions, TensorName.deterministicContinuousActions);
  const discreteOutput = pick(TensorName.discreteActions, TensorName.deterministicDiscreteActions);
  if (continuousOutput === null && discreteOutput === null) {
    throw new InputError(`it has neither an output ${TensorName.continuousActions} nor ${TensorName.discreteActions}.`);
  }
  return {
    observationSizes,
    maskSize: masks === undefined ? 0 : columnsOf(masks),
    continuousOutput,
    discreteOutput,
    deterministic: continuousOutput !== TensorName.continuousActions && discreteOutput !== TensorName.discreteActions,
  };
}

/** n of a float32 input `[batch, n]` with a free batch size. */
function columnsOf({ name, elementType, shape }: OnnxValueInfo): number {
  const [batch, columns] = shape;
  if (elementType !== ElementType.float || shape.length !== 2 || typeof columns !== "number" || columns < 1) {
    throw new InputError(`its input ${name} is not float32 [batch, size].`);
  }
  if (typeof batch === "number") {
    throw new InputError(`its input ${name} has the fixed batch size ${batch}; export it with a free one.`);
  }
  return columns;
}
