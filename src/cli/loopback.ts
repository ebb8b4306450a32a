import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { InputError } from "../inputError.js";

/** What a page's address stands for. */
export interface Resource {
  readonly type: string;
  readonly body: string | Uint8Array;
}

export interface LoopbackServer {
  /** Where the page is, for the browser. */
  readonly url: string;
  close(): Promise<void>;
}

const LOOPBACK = "127.0.0.1";
const NOTHING: Resource = { type: "text/plain; charset=utf-8", body: "There is nothing here.\n" };

/** What a page is sent with that is to have shared memory. */
export const ISOLATED = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
} as const;

/** The one file of onnxruntime-web that its script loads while it runs. */
export const ONNX_RUNTIME_FILE = "ort-wasm-simd-threaded.wasm";

/**
 * Serves resources to this machine only.
 * @param find what a path stands for; null: nothing
 * @param port 0: any free one
 * @throws InputError when the port is taken
 */
export async function serveLoopbackAsync(
  find: (path: string) => Resource | null | Promise<Resource | null>,
  port: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<LoopbackServer> {
  const server = createServer(async (request, response) => {
    const found = await find((request.url ?? "").split("?")[0]!);
    const { type, body } = found ?? NOTHING;
    response.writeHead(found ? 200 : 404, { "content-type": type, "cache-control": "no-store", ...headers }).end(body);
  });
  await new Promise<void>((done, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      fail(error.code === "EADDRINUSE" ? new InputError(`Port ${port} is in use already, choose another one.`) : error);
    });
    server.listen(port, LOOPBACK, done);
  });
  return {
    url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** A WebAssembly file of an installed package. */
export async function readWasmAsync(file: string): Promise<Resource> {
  return { type: "application/wasm", body: await readFile(createRequire(import.meta.url).resolve(file)) };
}
