import type { A2cConfig } from "../config/trainerConfig.js";
import type { LearnSettings } from "../onPolicy/learner.js";
import { SCHEDULE_FLOORS, schedule } from "../schedule.js";

/** Weight of the value loss beside the policy's. */
const VALUE_COEFFICIENT = 0.5;

/**
 * Advantage actor-critic (Mnih et al. 2016, algorithm S3, with workers that wait for each other) as what it is: one
 * gradient step on all that has just been collected. There the probability ratio is 1, so that the gradient of PPO's
 * surrogate r A is A ∇ log π (Huang et al. 2022, "A2C is a special case of PPO", arXiv 2205.09123).
 */
export function a2cSettings({ hyperparameters: h, legwork, maxSteps }: A2cConfig, steps: number): LearnSettings {
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
