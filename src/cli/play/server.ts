import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../../inputError.js";
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

export interface PlayServer {
  /** Where the page is, for the browser. */
  readonly url: string;
  close(): Promise<void>;
}

const LOOPBACK = "127.0.0.1";

/** The one file of onnxruntime-web that its script loads while it runs. */
const ONNX_RUNTIME_FILE = "ort-wasm-simd-threaded.wasm";

interface Resource {
  readonly type: string;
  readonly body: string | Uint8Array;
}

const NOTHING: Resource = { type: "text/plain; charset=utf-8", body: "There is nothing here.\n" };

/**
 * Serves the play page of a scene to this machine only.
 * @throws InputError when the scene cannot run in a browser, the number of agents is wrong or the port is taken
 */
export async function startPlayServerAsync(options: PlayServerOptions): Promise<PlayServer> {
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

  const server = createServer((request, response) => {
    const [path] = (request.url ?? "").split("?");
    const { type, body } = resources[path!] ?? NOTHING;
    response.writeHead(resources[path!] ? 200 : 404, { "content-type": type, "cache-control": "no-store" }).end(body);
  });
  await listenAsync(server, options.port ?? 0);
  return {
    url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** A file of an installed package. */
async function readWasmAsync(file: string): Promise<Resource> {
  return { type: "application/wasm", body: await readFile(createRequire(import.meta.url).resolve(file)) };
}

function listenAsync(server: Server, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      fail(error.code === "EADDRINUSE" ? new InputError(`Port ${port} is in use already, choose another one.`) : error);
    });
    server.listen(port, LOOPBACK, done);
  });
}
