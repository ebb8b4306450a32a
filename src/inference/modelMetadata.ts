import { InputError } from "../inputError.js";
import { METADATA_KEY, type ModelMetadata } from "../policy/modelMetadata.js";
import type { OnnxModel } from "./onnxFormat.js";
import { decodeModel } from "./readOnnx.js";

/**
 * What Legwork wrote into an ONNX file about the policy, null for files from other tools.
 * @throws InputError when the bytes are not an ONNX model, or the description is damaged.
 */
export function readModelMetadata(bytes: Uint8Array): ModelMetadata | null {
  return metadataOf(decodeModel(bytes));
}

export function metadataOf(model: OnnxModel): ModelMetadata | null {
  const text = model.metadata[METADATA_KEY];
  if (text === undefined) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  const format = isRecord(value) ? value.format : undefined;
  if (typeof format === "number" && format !== 1) {
    throw new InputError(`The model's "${METADATA_KEY}" metadata has format ${format}; this version reads format 1.`);
  }
  if (!isModelMetadata(value)) throw new InputError(`The model's "${METADATA_KEY}" metadata is damaged.`);
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isModelMetadata(value: unknown): value is ModelMetadata {
  if (!isRecord(value)) return false;
  const { observations, actions, score, gait, parameters } = value;
  return (
    value.format === 1 &&
    ["scene", "behavior", "bodyHash", "trainer"].every((key) => typeof value[key] === "string") &&
    ["physicsDt", "controlDt", "seed", "steps"].every((key) => typeof value[key] === "number") &&
    (score === null || typeof score === "number") &&
    (gait === undefined || typeof gait === "string") &&
    (parameters === undefined || (isRecord(parameters) && Object.values(parameters).every(Number.isFinite))) &&
    Array.isArray(observations) &&
    observations.every((b) => isRecord(b) && typeof b.name === "string" && typeof b.size === "number") &&
    Array.isArray(actions) &&
    actions.every((name) => typeof name === "string")
  );
}
