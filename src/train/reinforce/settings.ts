import type { ReinforceConfig } from "../config/trainerConfig.js";
import type { LearnSettings } from "../onPolicy/learner.js";
import { SCHEDULE_FLOORS, schedule } from "../schedule.js";

/** Weight of the value loss beside the policy's, where a baseline is learnt. */
const VALUE_COEFFICIENT = 0.5;

/** One gradient step, along (G − b) ∇ log π (Williams 1992, equation 4), on all episodes that have just been collected. */
export function reinforceSettings({ hyperparameters: h, maxSteps }: ReinforceConfig, steps: number): LearnSettings {
  return {
    epochs: 1,
    batchSize: h.bufferSize,
    learningRate: schedule(h.learningRateSchedule, h.learningRate, SCHEDULE_FLOORS.learningRate, steps, maxSteps),
    epsilon: Number.POSITIVE_INFINITY,
    entropyCoefficient: h.beta,
    valueCoefficient: h.baseline === "learned" ? VALUE_COEFFICIENT : 0,
    normalizeAdvantages: false,
    targetKl: null,
  };
}
