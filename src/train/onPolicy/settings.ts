import { a2cSettings } from "../a2c/settings.js";
import type { OnPolicyConfig } from "../config/trainerConfig.js";
import { naturalGradientSettings } from "../naturalGradient/settings.js";
import { ppoSettings } from "../ppo/settings.js";
import { qActorCriticSettings } from "../qActorCritic/settings.js";
import { reinforceSettings } from "../reinforce/settings.js";
import type { LearnSettings } from "./learner.js";

/**
 * How the algorithm of a configuration learns after so many steps of the run.
 * @param adaptiveRate the learning rate where its schedule is `adaptive`
 * @param klCoefficient weight of the penalty on the KL divergence where there is one
 */
export function learnSettings(
  config: OnPolicyConfig,
  steps: number,
  adaptiveRate?: number,
  klCoefficient?: number,
): LearnSettings {
  switch (config.trainerType) {
    case "ppo":
    case "ppo-kl":
      return ppoSettings(config, steps, adaptiveRate, klCoefficient);
    case "trpo":
    case "tnpg":
    case "npg":
      return naturalGradientSettings(config);
    case "a2c":
    case "a3c":
      return a2cSettings(config, steps);
    case "q-actor-critic":
      return qActorCriticSettings(config, steps);
    case "reinforce":
      return reinforceSettings(config, steps);
  }
}
