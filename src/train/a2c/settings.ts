import type { A2cConfig, A3cConfig } from "../config/trainerConfig.js";
import type { LearnSettings } from "../onPolicy/learner.js";
import { singleStepSettings } from "../onPolicy/singleStep.js";

/** Weight of the value loss beside the policy's. */
const VALUE_COEFFICIENT = 0.5;

/** Advantage actor-critic (Mnih et al. 2016, algorithm S3), whether its workers wait for each other or not. */
export function a2cSettings(config: A2cConfig | A3cConfig, steps: number): LearnSettings {
  const { normalizeAdvantages } = config.legwork;
  return singleStepSettings(config, steps, { valueCoefficient: VALUE_COEFFICIENT, normalizeAdvantages });
}
