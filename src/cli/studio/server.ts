import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { scenes } from "../../../scenes/index.js";
import type { SceneSummary } from "../../studio/client.js";
import { PATHS } from "../../studio/page/paths.js";
import type { SceneDefinition } from "../../task/scene.js";
import { gaitNames } from "../gaitFile.js";
import {
  ISOLATED,
  type LoopbackServer,
  ONNX_RUNTIME_FILE,
  type Resource,
  readWasmAsync,
  serveLoopbackAsync,
} from "../loopback.js";
import { bundleStudioAsync } from "./bundle.js";
import { STUDIO_HTML } from "./html.js";

export interface StudioServerOptions {
  /** A scene of the user's own, and its module; null: the whole cast. */
  readonly own: { readonly scene: SceneDefinition; readonly module: URL } | null;
  /** Default: any free port. */
  readonly port?: number;
}

/** Isolation gives the page shared memory; and nothing that runs in it, reward terms above all, reaches another server. */
const HEADERS = {
  ...ISOLATED,
  "content-security-policy":
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; " +
    "img-src 'self' data: blob:; worker-src 'self'; connect-src 'self' data:; frame-ancestors 'none'",
};

const MODELS = new URL("../../../models/", import.meta.url);

/** Serves the Studio to this machine only. @throws InputError when the scene cannot run in a browser or the port is taken */
export async function startStudioServerAsync({ own, port = 0 }: StudioServerOptions): Promise<LoopbackServer> {
  const scripts = await bundleStudioAsync(own && fileURLToPath(own.module));
  const shown = own ? [own.scene] : await Promise.all(Object.values(scenes).map(({ loadAsync }) => loadAsync()));
  const cast = shown.map((scene): SceneSummary => {
    const { name, summary } = scene;
    return { name, summary, gaits: gaitNames(scene), hasModel: existsSync(new URL(`${name}.onnx`, MODELS)) };
  });
  const text = (type: string, body: string): Resource => ({ type: `${type}; charset=utf-8`, body });
  const resources = new Map<string, () => Resource>([
    [PATHS.page, () => text("text/html", STUDIO_HTML)],
    [PATHS.cast, () => text("application/json", JSON.stringify(cast))],
  ]);
  for (const [name, body] of scripts) {
    resources.set(PATHS.scripts + name, () => ({ type: "text/javascript; charset=utf-8", body }));
  }
  const wasm = await readWasmAsync("@babylonjs/havok/lib/esm/HavokPhysics.wasm");
  const onnxRuntime = await readWasmAsync(`onnxruntime-web/${ONNX_RUNTIME_FILE}`);
  resources.set(PATHS.havok, () => wasm).set(PATHS.onnxRuntime + ONNX_RUNTIME_FILE, () => onnxRuntime);
  for (const scene of shown) {
    const { name, config } = scene;
    resources.set(PATHS.config(name), () => text("application/yaml", readFileSync(config, "utf8")));
    for (const gait of gaitNames(scene)) {
      const file = new URL(`./gaits/${gait}.yaml`, config);
      resources.set(PATHS.gait(name, gait), () => text("application/yaml", readFileSync(file, "utf8")));
    }
    for (const model of [name, ...gaitNames(scene).map((gait) => `${name}-${gait}`)]) {
      const file = new URL(`${model}.onnx`, MODELS);
      if (existsSync(file)) {
        resources.set(PATHS.model(model), () => ({ type: "application/octet-stream", body: readFileSync(file) }));
      }
    }
  }
  return serveLoopbackAsync((path) => resources.get(path)?.() ?? null, port, HEADERS);
}
