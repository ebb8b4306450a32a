import { metadataOf } from "../../inference/modelMetadata.js";
import { ElementType, type OnnxModel } from "../../inference/onnxFormat.js";
import { decodeModel } from "../../inference/readOnnx.js";
import { InputError } from "../../inputError.js";
import { ACTIVATIONS } from "../../policy/network.js";
import type { Checkpoint, CheckpointTensor } from "../checkpoint.js";
import type { OnPolicyMeta } from "./checkpoint.js";

/**
 * Rows that a normaliser counts as, at least. The policy knows the world through it: were it to follow the narrower world
 * of one gait at once, the policy would fall before it has learnt anything.
 */
const FEWEST_ROWS = 1_000_000;
/** What the exporter's normaliser adds to every variance. */
const VARIANCE_FLOOR = 1e-8;

/**
 * A policy that Legwork has exported, as a checkpoint to start a new run from. It has no critic and no optimiser: the run
 * begins with new ones.
 * @throws InputError when the file is not a policy of Legwork's
 */
export function checkpointOfPolicy(bytes: Uint8Array, source: string): Checkpoint {
  const model = decodeModel(bytes);
  const metadata = metadataOf(model);
  const layers = model.graph.nodes.filter(({ operator }) => operator === "Gemm");
  const activation = ACTIVATIONS.find((name) => model.graph.nodes.some((node) => node.name === `layer0.${name}`));
  if (!metadata || !activation || layers.length === 0) {
    throw new InputError(
      `${source} is not a policy that Legwork has exported; a run can only start from one of those.`,
    );
  }
  const rows = Math.max(FEWEST_ROWS, metadata.steps);
  const tensors: Record<string, CheckpointTensor> = {};
  layers.forEach(({ inputs }, i) => {
    tensors[`actor.${i}.weight`] = floats(model, inputs[1]!, source);
    tensors[`actor.${i}.bias`] = floats(model, inputs[2]!, source);
  });
  if (has(model, "std")) {
    const { shape, data } = floats(model, "std", source);
    tensors.log_std = { shape, data: data.map(Math.log) as Float32Array };
  }
  if (has(model, "normalizer.mean")) {
    const { shape, data: mean } = floats(model, "normalizer.mean", source);
    const { data: std } = floats(model, "normalizer.std", source);
    const squares = Float64Array.from(std, (value) => Math.max(0, value * value - VARIANCE_FLOOR) * rows);
    tensors["observations.mean"] = { shape, data: Float64Array.from(mean) };
    tensors["observations.squares"] = { shape, data: squares };
  }
  const state: Partial<OnPolicyMeta> = { activation, observationCount: rows };
  return { tensors, meta: { trainer: "ppo", steps: metadata.steps, state } };
}

function has(model: OnnxModel, name: string): boolean {
  return model.graph.initializers.some((tensor) => tensor.name === name);
}

function floats(model: OnnxModel, name: string, source: string): { shape: readonly number[]; data: Float32Array } {
  const tensor = model.graph.initializers.find((candidate) => candidate.name === name);
  if (!tensor || tensor.elementType !== ElementType.float || tensor.data.length === 0) {
    throw new InputError(`${source} has no numbers called "${name}", as Legwork's policies have.`);
  }
  // A copy of its own, which is aligned.
  return { shape: tensor.shape, data: new Float32Array(tensor.data.slice().buffer) };
}
