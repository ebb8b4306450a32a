import type { SceneDefinition } from "../task/scene.js";
import { loadTrainerConfig, type Overlay, type TrainerConfig } from "../train/config/trainerConfig.js";

/** A trainer file with what is laid over it, unread. */
export interface StudioConfig {
  readonly config: Overlay;
  readonly overlays: readonly Overlay[];
}

/** @throws InputError when it is no configuration for the scene's characters */
export function readConfig({ character }: SceneDefinition, { config, overlays }: StudioConfig): TrainerConfig {
  return loadTrainerConfig(config.text, config.source, character.behavior, {}, overlays);
}
