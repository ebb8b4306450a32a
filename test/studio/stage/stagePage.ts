import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const installed = (file: string) => readFileSync(createRequire(import.meta.url).resolve(file));

const WORKER = `
import HavokPhysics from "@babylonjs/havok";
import hopper from ${JSON.stringify(here("../../../scenes/hopper/index.ts"))};
import { serveStage } from ${JSON.stringify(here("../../../src/studio/stage/stageWorker.ts"))};
// What a broken worker does, on demand.
addEventListener("message", ({ data }) => {
  if (data.test === "die") throw new Error("the test has killed it");
});
serveStage({
  scenes: { hopper: async () => hopper },
  loadHavokAsync: () => HavokPhysics({ locateFile: () => "/havok.wasm" }),
  onnxRuntime: "/",
});
`;

const PAGE = `
import hopper from ${JSON.stringify(here("../../../scenes/hopper/index.ts"))};
import { StudioStage } from ${JSON.stringify(here("../../../src/studio/stage/studioStage.ts"))};
import { attachDrop } from ${JSON.stringify(here("../../../src/studio/stage/drop.ts"))};
const canvas = document.querySelector("canvas");
const said = [];
const workers = [];
// What our own work takes of each frame, ms.
const frames = [];
const request = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (draw) => request((time) => {
  const began = performance.now();
  draw(time);
  frames.push(performance.now() - began);
});
const stage = new StudioStage(canvas, {
  startWorker: () => {
    const worker = new Worker("/worker.js", { type: "module" });
    workers.push(worker);
    return worker;
  },
  say: (kind, text) => said.push(kind + ": " + text),
});
attachDrop(canvas, (name, bytes) => stage.addGhost(name, bytes));
const model = async (name) => new Uint8Array(await (await fetch("/" + name)).arrayBuffer());
window.test = { stage, said, workers, frames, hopper, model };
`;

const HTML = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<style>body { margin: 0 } canvas { width: 100vw; height: 100vh; display: block; touch-action: none }</style>
<canvas></canvas><script type="module" src="/page.js"></script>`;

async function bundleAsync(contents: string): Promise<Uint8Array> {
  const result = await build({
    stdin: { contents, resolveDir: here("../../.."), sourcefile: "entry.js" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    logLevel: "silent",
  });
  return result.outputFiles[0]!.contents;
}

/** Serves a page with nothing but a stage, cross-origin isolated as the Studio's own pages are. */
export async function serveStagePageAsync(): Promise<{ server: Server; url: string }> {
  const model = (name: string) => readFileSync(here(`../../../models/${name}`));
  const files: Record<string, [type: string, body: string | Uint8Array]> = {
    "/": ["text/html", HTML],
    "/page.js": ["text/javascript", await bundleAsync(PAGE)],
    "/worker.js": ["text/javascript", await bundleAsync(WORKER)],
    "/havok.wasm": ["application/wasm", installed("@babylonjs/havok/lib/esm/HavokPhysics.wasm")],
    "/ort-wasm-simd-threaded.wasm": ["application/wasm", installed("onnxruntime-web/ort-wasm-simd-threaded.wasm")],
    "/hopper.onnx": ["application/octet-stream", model("hopper.onnx")],
    "/walker2d.onnx": ["application/octet-stream", model("walker2d.onnx")],
  };
  const headers = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };
  const server = createServer((request, response) => {
    const file = files[request.url ?? ""];
    response.writeHead(file ? 200 : 404, { "content-type": file?.[0] ?? "text/plain", ...headers }).end(file?.[1]);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}
