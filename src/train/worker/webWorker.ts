import { NullEngine } from "@babylonjs/core/Engines/nullEngine.js";
import { Scene } from "@babylonjs/core/scene.js";
import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import { createSceneEnv } from "../../env/sceneEnv.js";
import { InputError } from "../../inputError.js";
import { lockScope } from "../../task/rewards/code.js";
import type { SceneDefinition } from "../../task/scene.js";
import { webPort } from "../../workers/webThread.js";
import { serveWorker } from "./serve.js";

export interface WebWorkerOptions {
  /** The scenes that can be trained, by the name that `EnvDescription.module` gives. */
  readonly scenes: Readonly<Record<string, SceneDefinition | (() => Promise<SceneDefinition>)>>;
  /** For example `() => HavokPhysics({ locateFile: () => url })`; each worker needs an instance of its own. */
  readonly loadHavokAsync: () => Promise<HavokPhysicsWithBindings>;
  /** Whether reward terms that somebody writes while it runs may come here: then it loses its way to the network. */
  readonly runsCode?: boolean;
}

/** Makes a Web Worker one of the workers of a training run: call it in the module that the Web Worker runs. */
export function serveWebWorker({ scenes, loadHavokAsync, runsCode = false }: WebWorkerOptions): void {
  let havok: Promise<HavokPhysicsWithBindings> | null = null;
  serveWorker(webPort(), async ({ module, ...options }, seed) => {
    const known = scenes[module];
    if (!known) throw new InputError(`The worker has no scene "${module}"; it has ${Object.keys(scenes).join(", ")}.`);
    const scene = typeof known === "function" ? await known() : known;
    havok ??= loadHavokAsync();
    const physics = await havok;
    if (runsCode) lockScope();
    return createSceneEnv(scene, new Scene(new NullEngine()), physics, { ...options, seed });
  });
}
