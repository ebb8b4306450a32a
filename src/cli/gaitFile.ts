import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { InputError } from "../inputError.js";
import type { SceneDefinition } from "../task/scene.js";
import type { Overlay } from "../train/config/trainerConfig.js";
import { readOverlay } from "./options.js";

/**
 * The trainer file that a gait lays over its scene's: `gaits/<name>.yaml` beside the scene's configuration, or any file
 * whose path is given.
 * @throws InputError when there is no such gait
 */
export function findGait(scene: SceneDefinition, gait: string): Overlay {
  if (/\.ya?ml$/.test(gait)) return readOverlay(gait, "gait");
  const folder = fileURLToPath(new URL("./gaits/", scene.config));
  const path = `${folder}${gait}.yaml`;
  if (!/^[a-z-]+$/.test(gait) || !existsSync(path)) {
    const names = gaitNames(scene);
    throw new InputError(
      `Scene "${scene.name}" has no gait "${gait}"; ${names.length > 0 ? `its gaits are ${names.join(", ")}` : "it has none"}, or give the path of a .yaml file.`,
    );
  }
  return readOverlay(path, "gait");
}

export function gaitNames(scene: SceneDefinition): string[] {
  const folder = fileURLToPath(new URL("./gaits/", scene.config));
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => (name.endsWith(".yaml") ? [name.slice(0, -5)] : []));
}
