import { SCHEDULE_FLOORS, schedule } from "../schedule.js";
import type { LearnSettings } from "./learner.js";

interface SingleStepConfig {
  readonly hyperparameters: {
    readonly bufferSize: number;
    readonly learningRate: number;
    readonly learningRateSchedule: "linear" | "constant";
    readonly beta: number;
  };
  readonly maxSteps: number;
}

/**
 * One gradient step on all that has just been collected. There the probability ratio is 1, so that the gradient of PPO's
 * surrogate r A is A ∇ log π (Huang et al. 2022, "A2C is a special case of PPO", arXiv 2205.09123).
 */
export function singleStepSettings(
  { hyperparameters: h, maxSteps }: SingleStepConfig,
  steps: number,
  own: Pick<LearnSettings, "valueCoefficient" | "normalizeAdvantages">,
): LearnSettings {
  return {
    epochs: 1,
    batchSize: h.bufferSize,
    learningRate: schedule(h.learningRateSchedule, h.learningRate, SCHEDULE_FLOORS.learningRate, steps, maxSteps),
    epsilon: Number.POSITIVE_INFINITY,
    entropyCoefficient: h.beta,
    targetKl: null,
    ...own,
  };
}
