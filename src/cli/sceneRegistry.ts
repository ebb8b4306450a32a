import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { scenes } from "../../scenes/index.js";
import { InputError } from "../inputError.js";
import type { SceneDefinition } from "../task/scene.js";

export interface FoundScene {
  readonly scene: SceneDefinition;
  /** The module whose default export is the scene. */
  readonly module: URL;
}

/**
 * A scene of the cast by name, or a module of the user's own by path (it contains a slash or ends in .ts or .js) whose
 * default export is what `defineScene` gave.
 * @throws InputError when there is no such scene
 */
export async function findSceneAsync(name: string): Promise<FoundScene> {
  const entry = Object.hasOwn(scenes, name) ? scenes[name] : undefined;
  if (entry) return { scene: await entry.loadAsync(), module: sourceOf(entry.module) };
  if (!/[/\\]|\.[mc]?[jt]s$/.test(name)) {
    throw new InputError(
      `There is no scene "${name}"; the scenes are ${Object.keys(scenes).join(", ")}, or give the path of a module of your own.`,
    );
  }
  const path = resolve(name);
  if (!existsSync(path)) throw new InputError(`There is no scene module ${path}.`);
  const module = pathToFileURL(path);
  const loaded = (await import(module.href)) as { default?: SceneDefinition };
  if (!loaded.default?.character || !loaded.default.task) {
    throw new InputError(`${path} has no scene as its default export; export default defineScene({ … }).`);
  }
  return { scene: loaded.default, module };
}

/** In a clone the module is TypeScript. */
function sourceOf(module: URL): URL {
  const typescript = new URL(module.href.replace(/\.js$/, ".ts"));
  return existsSync(fileURLToPath(typescript)) ? typescript : module;
}
