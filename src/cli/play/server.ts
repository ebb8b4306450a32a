import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../../inputError.js";
import {
  type LoopbackServer,
  ONNX_RUNTIME_FILE,
  type Resource,
  readWasmAsync,
  serveLoopbackAsync,
} from "../loopback.js";
import { bundlePageAsync } from "./bundle.js";
import { playHtml } from "./html.js";
import { PATHS } from "./settings.js";

export interface PlayServerOptions {
  /** Path or file URL of the module whose default export is the scene. */
  readonly sceneModule: string | URL;
  readonly sceneName: string;
  /** An ONNX file; null: the characters keep still. */
  readonly policy: Uint8Array | null;
  /** Number of characters, side by side. */
  readonly agents: number;
  readonly seed: number;
  /** Default: any free port. */
  readonly port?: number;
}

/**
 * Serves the play page of a scene to this machine only.
 * @throws InputError when the scene cannot run in a browser, the number of agents is wrong or the port is taken
 */
export async function startPlayServerAsync(options: PlayServerOptions): Promise<LoopbackServer> {
  const { agents, seed, policy, sceneModule } = options;
  if (!Number.isInteger(agents) || agents < 1 || agents > 64) {
    throw new InputError(`The number of characters is ${agents}, allowed is a whole number from 1 to 64.`);
  }
  const modulePath = /^file:/.test(String(sceneModule)) ? fileURLToPath(sceneModule) : resolve(String(sceneModule));
  const script = await bundlePageAsync(modulePath, { agents, seed, hasPolicy: policy !== null });

  const resources: Readonly<Record<string, Resource>> = {
    [PATHS.page]: { type: "text/html; charset=utf-8", body: playHtml(options.sceneName) },
    [PATHS.script]: { type: "text/javascript; charset=utf-8", body: script },
    [PATHS.havok]: await readWasmAsync("@babylonjs/havok/lib/esm/HavokPhysics.wasm"),
    [PATHS.onnxRuntime + ONNX_RUNTIME_FILE]: await readWasmAsync(`onnxruntime-web/${ONNX_RUNTIME_FILE}`),
    ...(policy && { [PATHS.policy]: { type: "application/octet-stream", body: policy } }),
  };
  return serveLoopbackAsync((path) => resources[path] ?? null, options.port ?? 0);
}
