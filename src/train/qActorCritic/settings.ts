import type { QActorCriticConfig } from "../config/trainerConfig.js";
import type { LearnSettings } from "../onPolicy/learner.js";
import { SCHEDULE_FLOORS, schedule } from "../schedule.js";

/** Weight of the critic's loss beside the policy's. */
const VALUE_COEFFICIENT = 0.5;

/**
 * One gradient step along Q(s, a) ∇ log π(a|s) (the policy gradient theorem, Sutton et al. 2000, equation 2), and one of the
 * critic to r + γ Q(s′, a′) (SARSA, Rummery and Niranjan 1994), on all that has just been collected.
 */
export function qActorCriticSettings(
  { hyperparameters: h, legwork, maxSteps }: QActorCriticConfig,
  steps: number,
): LearnSettings {
  return {
    epochs: 1,
    batchSize: h.bufferSize,
    learningRate: schedule(h.learningRateSchedule, h.learningRate, SCHEDULE_FLOORS.learningRate, steps, maxSteps),
    epsilon: Number.POSITIVE_INFINITY,
    entropyCoefficient: h.beta,
    valueCoefficient: VALUE_COEFFICIENT,
    normalizeAdvantages: legwork.normalizeAdvantages,
    targetKl: null,
  };
}
