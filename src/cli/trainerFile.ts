import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { SceneDefinition } from "../task/scene.js";
import {
  loadTrainerConfig,
  type Overlay,
  type TrainerConfig,
  type TrainerOverrides,
} from "../train/config/trainerConfig.js";
import { checkEpisodes } from "../train/episodes.js";
import { findGait } from "./gaitFile.js";
import { readInput, readOverlay } from "./options.js";

export interface TrainerFileOptions extends TrainerOverrides {
  /** The user's own file in the place of the scene's. */
  readonly config?: string | undefined;
  readonly gait?: string | undefined;
  /** A file of the user's whose settings lie over all others. */
  readonly variant?: string | undefined;
}

/**
 * The trainer configuration that a scene, or a file in the place of its own, gives with these options; for a trainer that
 * the scene's file is not written for, with what the scene says about that one.
 * @throws InputError for a missing file, a wrong setting, or what the scene does not have
 */
export function resolveTrainerConfig(scene: SceneDefinition, options: TrainerFileOptions): TrainerConfig {
  const { config, gait, variant, ...overrides } = options;
  const path = config ?? fileURLToPath(scene.config);
  const text = readInput(path, "trainer configuration").toString("utf8");
  const { trainer } = overrides;
  const overlays = [
    trainer !== undefined && config === undefined ? findTrainerFile(scene, trainer) : null,
    gait === undefined ? null : findGait(scene, gait),
    variant === undefined ? null : readOverlay(variant, "trainer configuration"),
  ].filter((overlay) => overlay !== null);
  const resolved = loadTrainerConfig(text, path, scene.character.behavior, overrides, overlays);
  checkEpisodes(scene, resolved);
  return resolved;
}

/** `trainers/<name>.yaml` beside the scene's configuration; null where there is none: the trainer's own defaults hold. */
function findTrainerFile(scene: SceneDefinition, trainer: string): Overlay | null {
  const path = fileURLToPath(new URL("./trainers/", scene.config)).concat(`${trainer}.yaml`);
  return /^[a-z0-9-]+$/.test(trainer) && existsSync(path) ? readOverlay(path, "trainer configuration") : null;
}
