import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { SceneDefinition } from "../task/scene.js";
import type { Overlay } from "../train/config/trainerConfig.js";
import { readInput } from "./options.js";

/**
 * What a scene's configuration is given for a trainer that it is not written for: `trainers/<name>.yaml` beside it.
 * Null where there is none; the trainer's own defaults hold then.
 */
export function findTrainerFile(scene: SceneDefinition, trainer: string): Overlay | null {
  const path = fileURLToPath(new URL("./trainers/", scene.config)).concat(`${trainer}.yaml`);
  if (!/^[a-z0-9-]+$/.test(trainer) || !existsSync(path)) return null;
  return { text: readInput(path, "trainer configuration").toString("utf8"), source: path };
}
