import { NullEngine } from "@babylonjs/core/Engines/nullEngine.js";
import { Scene } from "@babylonjs/core/scene.js";
import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import { createSceneEnv } from "../../env/sceneEnv.js";
import { InputError } from "../../inputError.js";
import type { SceneDefinition } from "../../task/scene.js";
import { webPort } from "../../workers/webThread.js";
import { serveWorker } from "./serve.js";

export interface WebWorkerOptions {
  /** The scenes that can be trained, by the name that `EnvDescription.module` gives. */
  readonly scenes: Readonly<Record<string, SceneDefinition>>;
  /** For example `() => HavokPhysics({ locateFile: () => url })`; each worker needs an instance of its own. */
  readonly loadHavokAsync: () => Promise<HavokPhysicsWithBindings>;
}

/** Makes a Web Worker one of the workers of a training run: call it in the module that the Web Worker runs. */
export function serveWebWorker({ scenes, loadHavokAsync }: WebWorkerOptions): void {
  let havok: Promise<HavokPhysicsWithBindings> | null = null;
  serveWorker(webPort(), async ({ module, ...options }, seed) => {
    const scene = scenes[module];
    if (!scene) throw new InputError(`The worker has no scene "${module}"; it has ${Object.keys(scenes).join(", ")}.`);
    havok ??= loadHavokAsync();
    return createSceneEnv(scene, new Scene(new NullEngine()), await havok, { ...options, seed });
  });
}
