import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  ISOLATED,
  type LoopbackServer,
  ONNX_RUNTIME_FILE,
  type Resource,
  readWasmAsync,
  serveLoopbackAsync,
} from "../../../src/cli/loopback.js";
import { bundleAsync } from "../../support/page.js";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

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

/** Serves a page with nothing but a stage, cross-origin isolated as the Studio's own pages are. */
export async function serveStagePageAsync(): Promise<LoopbackServer> {
  const script = async (module: string): Promise<Resource> => ({
    type: "text/javascript",
    body: await bundleAsync(module),
  });
  const model = (name: string): Resource => ({
    type: "application/octet-stream",
    body: readFileSync(here(`../../../models/${name}`)),
  });
  const files = new Map<string, Resource>([
    ["/", { type: "text/html", body: HTML }],
    ["/page.js", await script(PAGE)],
    ["/worker.js", await script(WORKER)],
    ["/havok.wasm", await readWasmAsync("@babylonjs/havok/lib/esm/HavokPhysics.wasm")],
    [`/${ONNX_RUNTIME_FILE}`, await readWasmAsync(`onnxruntime-web/${ONNX_RUNTIME_FILE}`)],
    ["/hopper.onnx", model("hopper.onnx")],
    ["/walker2d.onnx", model("walker2d.onnx")],
  ]);
  return serveLoopbackAsync((path) => files.get(path) ?? null, 0, ISOLATED);
}
