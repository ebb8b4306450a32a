import type { Academy } from "../../agent/academy.js";
import { InputError } from "../../inputError.js";
import type { SceneDefinition } from "../../task/scene.js";

/** What the Studio needs to know of the game that it is opened in. */
export interface StudioOptions {
  /** The scenes that can be trained; the first one is open at the beginning. */
  readonly scenes: readonly SceneDefinition[];
  /** Starts a Web Worker whose module calls `serveStudioWorker` with the same scenes. */
  readonly startWorker: () => Worker;
  /** Steps the game's own characters, which act by what is learnt. Left out, the training is not shown. */
  readonly academy?: Academy;
  /** Texts of trainer files, by scene. Left out: what the scene's `config`, a URL, gives. */
  readonly configs?: Readonly<Record<string, string>>;
  /** URL of the folder with onnxruntime's WebAssembly file, ending in "/"; left out: beside the script. */
  readonly onnxRuntime?: string;
  /** Threads that collect. Default: one less than the machine has cores, for the game wants one. */
  readonly workers?: number;
}

let configured: StudioOptions | null = null;

/**
 * Tells the Studio of the game that it is part of; call it before the Inspector or the Editor's tab is opened.
 * @throws InputError when there is no scene
 */
export function configureStudio(options: StudioOptions): void {
  if (options.scenes.length === 0) throw new InputError("configureStudio needs at least one scene.");
  configured = options;
}

/** @throws InputError when nobody has called `configureStudio` */
export function requireOptions(): StudioOptions {
  if (!configured) throw new InputError("The Studio knows nothing of this game yet: call configureStudio first.");
  return configured;
}
