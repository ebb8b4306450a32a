import type { ReinforceConfig } from "../config/trainerConfig.js";
import type { LearnSettings } from "../onPolicy/learner.js";
import { singleStepSettings } from "../onPolicy/singleStep.js";

/** Weight of the value loss beside the policy's, where a baseline is learnt. */
const VALUE_COEFFICIENT = 0.5;

/** A step along (G − b) ∇ log π (Williams 1992, equation 4). */
export function reinforceSettings(config: ReinforceConfig, steps: number): LearnSettings {
  const valueCoefficient = config.hyperparameters.baseline === "learned" ? VALUE_COEFFICIENT : 0;
  return singleStepSettings(config, steps, { valueCoefficient, normalizeAdvantages: false });
}
