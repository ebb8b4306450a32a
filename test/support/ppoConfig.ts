import { loadTrainerConfig, type OnPolicyConfig, type PpoConfig } from "../../src/train/config/trainerConfig.js";

/** `loadTrainerConfig` for files that name PPO, or no trainer. */
export function loadPpoConfig(...file: Parameters<typeof loadTrainerConfig>): PpoConfig {
  const config = loadTrainerConfig(...file);
  if (config.trainerType !== "ppo" && config.trainerType !== "ppo-kl")
    throw new Error(`This is a configuration of ${config.trainerType}.`);
  return config;
}

/** The configuration that a trainer file with these settings of a behaviour would give. */
export function ppoConfig(settings: object): PpoConfig {
  return loadPpoConfig(JSON.stringify({ behaviors: { Test: settings } }), "test.yaml");
}

/** The same for any on-policy trainer. */
export function onPolicyConfig(settings: object): OnPolicyConfig {
  return loadTrainerConfig(JSON.stringify({ behaviors: { Test: settings } }), "test.yaml") as OnPolicyConfig;
}
