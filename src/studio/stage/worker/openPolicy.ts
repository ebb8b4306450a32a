import { type CheckedModel, checkModel, type ModelExpectation, sensorsOf } from "../../../inference/compatibility.js";
import { OnnxPolicy } from "../../../inference/onnxPolicy.js";
import { MlpPolicy } from "../../../policy/mlpPolicy.js";
import type { Policy } from "../../../policy/policy.js";
import type { NamedPolicy } from "../protocol.js";

export type OpenedPolicy = Policy & CheckedModel;

/**
 * Makes a policy of what came to the worker.
 * @param onnxRuntime URL of the folder with onnxruntime's WebAssembly file, ending in "/"; undefined: beside the script
 * @throws InputError when it is no model, or only a part of one
 */
export async function openPolicyAsync({ name, source }: NamedPolicy, onnxRuntime?: string): Promise<OpenedPolicy> {
  if (source instanceof Uint8Array) {
    return OnnxPolicy.LoadAsync(source, { name, ...(onnxRuntime !== undefined ? { wasmPaths: onnxRuntime } : {}) });
  }
  return Object.assign(new MlpPolicy(source), { name, metadata: null });
}

/**
 * Checks that a policy fits a character that can leave sensors out.
 * @throws InputError that names the first difference
 */
export function checkGhost(policy: CheckedModel, expected: ModelExpectation): void {
  const sensors = sensorsOf(policy);
  const observations = expected.observations.filter(({ name }) => sensors === null || sensors.includes(name));
  checkModel(policy, { ...expected, observations });
}
