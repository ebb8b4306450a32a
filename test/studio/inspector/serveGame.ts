import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type BuildOptions, build } from "esbuild";
import hopper from "../../../scenes/hopper/index.js";
import {
  ISOLATED,
  type LoopbackServer,
  ONNX_RUNTIME_FILE,
  type Resource,
  readWasmAsync,
  serveLoopbackAsync,
} from "../../../src/cli/loopback.js";
import { FOR_PAGES } from "../../support/page.js";

const folder = fileURLToPath(new URL("./", import.meta.url));

/** Editors that the Inspector only loads when somebody opens them. */
const EDITORS = [
  "gui-editor",
  "node-editor",
  "node-geometry-editor",
  "node-particle-editor",
  "node-render-graph-editor",
];
/** What else it only loads when it is asked for. */
const LAZY = ["@babylonjs/gui/*", "@babylonjs/serializers/*"];

/** The Babylon.js Editor is made with React 18. */
const EDITOR_REACT = { react: "react-18", "react-dom": "react-dom-18", scheduler: "scheduler-0" };

const pageOf = (body: string) => `<!doctype html>
<html><head><title>A game</title><link rel="icon" href="data:,">
<style>html, body, canvas { width: 100%; height: 100%; margin: 0; display: block; }</style></head>
<body>${body}</body></html>`;
const script = (name: string) => `<script type="module" src="/${name}.js"></script>`;

/** Installs the Inspector beside this file where it is not there yet. @returns why it cannot be; null: it is there */
export async function installInspectorAsync(): Promise<string | null> {
  if (existsSync(`${folder}node_modules/@babylonjs/inspector/lib/index.js`)) return null;
  try {
    // React and Babylon itself are left out, so that there is one copy of them, the repository's.
    const options = ["--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund"];
    await promisify(execFile)("npm", ["ci", ...options], { cwd: folder });
    return null;
  } catch (error) {
    return `Babylon's Inspector cannot be installed, is there a network? (${(error as Error).message.split("\n")[0]})`;
  }
}

/** Serves the game of `game.ts` to this machine, and under `editor` a page that stands in for the Babylon.js Editor. */
export async function serveGameAsync(): Promise<LoopbackServer> {
  const options: BuildOptions = {
    // The sources of Legwork find the Inspector here, too.
    nodePaths: [`${folder}node_modules`],
    external: [...EDITORS.map((name) => `@babylonjs/${name}`), ...LAZY, "webgpu", "node:*"],
    ...FOR_PAGES,
    outdir: "game",
    jsx: "automatic",
  };
  const [own, editor] = await Promise.all([
    build({
      ...options,
      entryPoints: ["game", "worker", "plugin"].map((name) => `${folder}${name}.ts`),
      splitting: true,
    }),
    build({ ...options, entryPoints: [`${folder}editor.ts`], alias: EDITOR_REACT }),
  ]);
  const resources = new Map<string, Resource>([
    ["/", { type: "text/html", body: pageOf(`<canvas></canvas>${script("game")}`) }],
    ["/editor", { type: "text/html", body: pageOf(`${script("editor")}${script("plugin")}`) }],
    ["/config.yaml", { type: "application/yaml", body: readFileSync(hopper.config, "utf8") }],
    ["/havok.wasm", await readWasmAsync("@babylonjs/havok/lib/esm/HavokPhysics.wasm")],
    [`/${ONNX_RUNTIME_FILE}`, await readWasmAsync(`onnxruntime-web/${ONNX_RUNTIME_FILE}`)],
  ]);
  for (const { path, contents } of [...own.outputFiles!, ...editor.outputFiles!]) {
    resources.set(`/${basename(path)}`, { type: "text/javascript", body: contents });
  }
  return serveLoopbackAsync((path) => resources.get(path) ?? null, 0, ISOLATED);
}
