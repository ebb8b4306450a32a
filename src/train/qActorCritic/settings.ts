import type { QActorCriticConfig } from "../config/trainerConfig.js";
import type { LearnSettings } from "../onPolicy/learner.js";
import { singleStepSettings } from "../onPolicy/singleStep.js";

/** Weight of the critic's loss beside the policy's. */
const VALUE_COEFFICIENT = 0.5;

/**
 * A step along Q(s, a) ∇ log π(a|s) (the policy gradient theorem, Sutton et al. 2000, equation 2), and one of the critic to
 * r + γ Q(s′, a′) (SARSA, Rummery and Niranjan 1994).
 */
export function qActorCriticSettings(config: QActorCriticConfig, steps: number): LearnSettings {
  const { normalizeAdvantages } = config.legwork;
  return singleStepSettings(config, steps, { valueCoefficient: VALUE_COEFFICIENT, normalizeAdvantages });
}
