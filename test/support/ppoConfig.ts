import { loadTrainerConfig, type PpoConfig } from "../../src/train/config/trainerConfig.js";

/** The configuration that a trainer file with these settings of a behaviour would give. */
export function ppoConfig(settings: object): PpoConfig {
  return loadTrainerConfig(JSON.stringify({ behaviors: { Test: settings } }), "test.yaml");
}
