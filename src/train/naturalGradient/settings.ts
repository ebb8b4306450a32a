import type { NaturalGradientConfig } from "../config/trainerConfig.js";
import type { LearnSettings } from "../onPolicy/learner.js";
import type { NaturalStep } from "./learner.js";

/** How each of the three goes along the natural gradient. */
export function naturalStep({ trainerType, hyperparameters }: NaturalGradientConfig): NaturalStep {
  const { cgIterations, cgDamping } = hyperparameters;
  const shared = { cgIterations, cgDamping };
  switch (trainerType) {
    case "trpo":
      return { ...shared, size: { kl: hyperparameters.klTarget }, tries: hyperparameters.lineSearchSteps };
    case "tnpg":
      return { ...shared, size: { kl: hyperparameters.klTarget }, tries: 1 };
    case "npg":
      return { ...shared, size: { fixed: hyperparameters.stepSize }, tries: 1 };
  }
}

/** What the learner is told with each batch: the passes are the critic's. */
export function naturalGradientSettings({ hyperparameters: h, legwork }: NaturalGradientConfig): LearnSettings {
  return {
    epochs: h.numEpoch,
    batchSize: h.batchSize,
    learningRate: h.learningRate,
    epsilon: Number.POSITIVE_INFINITY,
    entropyCoefficient: h.beta,
    valueCoefficient: 1,
    normalizeAdvantages: legwork.normalizeAdvantages,
    targetKl: null,
  };
}
