/**
 * Names of the inputs and outputs of a policy file. They are those of ML-Agents (`TensorNames.cs`, model version 3), so
 * that one file serves here and in Unity. Observations are `obs_0`, `obs_1` …
 */
export const TensorName = {
  actionMasks: "action_masks",
  recurrentIn: "recurrent_in",
  versionNumber: "version_number",
  memorySize: "memory_size",
  continuousActions: "continuous_actions",
  continuousShape: "continuous_action_output_shape",
  deterministicContinuousActions: "deterministic_continuous_actions",
  discreteActions: "discrete_actions",
  discreteShape: "discrete_action_output_shape",
  deterministicDiscreteActions: "deterministic_discrete_actions",
} as const;

export function observationName(index: number): string {
  return `obs_${index}`;
}

/** Value of `version_number` that Legwork writes, ML-Agents 2.0 and later. */
export const MODEL_VERSION = 3;
