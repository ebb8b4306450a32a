import type { PpoConfig } from "../config/trainerConfig.js";
import type { LearnSettings } from "../onPolicy/learner.js";
import { SCHEDULE_FLOORS, schedule } from "../schedule.js";

/** Weight of the value loss; actor and critic share no weights, so it only matters to the common gradient-norm clip. */
const VALUE_COEFFICIENT = 0.5;

/**
 * How PPO learns after so many steps of the run.
 * @param adaptiveRate the learning rate where its schedule is `adaptive`
 * @param klCoefficient weight of the penalty on the KL divergence where there is one
 */
export function ppoSettings(
  config: PpoConfig,
  steps: number,
  adaptiveRate = config.hyperparameters.learningRate,
  klCoefficient = 0,
): LearnSettings {
  const { hyperparameters: h, maxSteps, legwork } = config;
  const at = (kind: "linear" | "constant", initial: number, floor: number) =>
    schedule(kind, initial, floor, steps, maxSteps);
  return {
    epochs: h.numEpoch,
    batchSize: h.batchSize,
    learningRate:
      h.learningRateSchedule === "adaptive"
        ? adaptiveRate
        : at(h.learningRateSchedule, h.learningRate, SCHEDULE_FLOORS.learningRate),
    epsilon: "epsilon" in h ? at(h.epsilonSchedule, h.epsilon, SCHEDULE_FLOORS.epsilon) : Number.POSITIVE_INFINITY,
    klCoefficient,
    entropyCoefficient: at(h.betaSchedule, h.beta, SCHEDULE_FLOORS.beta),
    valueCoefficient: VALUE_COEFFICIENT,
    symmetryCoefficient: legwork.symmetryLoss,
    ...maxLogStd(config, steps),
    normalizeAdvantages: legwork.normalizeAdvantages,
    targetKl: legwork.targetKl,
  };
}

/** Share of a run that explores freely. Less noise from the beginning makes a policy settle early, on less. */
const FREE_SHARE = 2 / 3;

function maxLogStd({ legwork: { initialStd, finalStd }, maxSteps }: PpoConfig, steps: number) {
  const free = FREE_SHARE * maxSteps;
  if (finalStd === null || steps < free) return {};
  return {
    maxLogStd: schedule("linear", Math.log(initialStd), Math.log(finalStd), steps - free, maxSteps - free),
  };
}
