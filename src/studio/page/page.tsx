import { createRoot } from "react-dom/client";
import { InputError } from "../../inputError.js";
import { webThread } from "../../workers/webThread.js";
import { rolloutWorkers, saveFile } from "../browser.js";
import type { SceneSummary } from "../client.js";
import type { StudioHost } from "../host.js";
import { StudioPanel } from "../panel/index.js";
import { attachDrop } from "../stage/drop.js";
import { StudioStage } from "../stage/studioStage.js";
import { RunStore } from "../store.js";
import { Studio } from "../studio.js";
import type { StudioConfig } from "../studioConfig.js";
import { cast } from "./cast.js";
import { PATHS } from "./paths.js";

declare global {
  interface Window {
    /** For the browser's console and for tests. */
    legworkStudio?: { readonly studio: Studio; readonly stage: StudioStage };
  }
}

/** Characters on the stage; they have nothing to do with those that train. */
const AGENTS = 16;

/** The Studio as a page of its own, served by `legwork studio`. */
async function startAsync(root: HTMLElement): Promise<void> {
  const canvas = document.createElement("canvas");
  canvas.id = "stage";
  canvas.setAttribute("aria-label", "The scene");
  let say: Studio["say"] = () => {};
  const stage = new StudioStage(canvas, {
    startWorker: () => startWorker("stageWorker"),
    say: (kind, text) => say(kind, text),
  });
  const [scenes, store] = await Promise.all([fetchJsonAsync<SceneSummary[]>(PATHS.cast), RunStore.openAsync()]);
  const host: StudioHost = {
    scenes,
    loadSceneAsync: (name) => cast[name]!(),
    loadConfigAsync,
    loadModelAsync: async (scene, gait) => {
      if (!scenes.find(({ name }) => name === scene)?.hasModel) return null;
      const response = await fetch(PATHS.model(gait ? `${scene}-${gait}` : scene));
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
    },
    startTraining: () => webThread(startWorker("trainingWorker")),
    startTrials: () => webThread(startWorker("trialWorker")),
    stage: {
      loadAsync: (scene, trainedAs) => stage.loadAsync(scene, AGENTS, trainedAs),
      setModel: (name, onnx) => stage.setModel(name, onnx),
      setNetwork: (network) => stage.setNetwork(network),
    },
    workers: rolloutWorkers(),
    saveFile,
  };
  const wanted = new URLSearchParams(window.location.search).get("scene");
  const first = scenes.find(({ name }) => name === wanted) ?? scenes[0]!;
  const studio = await Studio.createAsync(host, store, first.name);
  say = (kind, text) => studio.say(kind, text);
  createRoot(root).render(
    <StudioPanel
      client={studio}
      stage={stage}
      viewport={<div className="stage" ref={(div) => void div?.append(canvas)} />}
    />,
  );
  attachDrop(canvas, (name, bytes) => stage.addGhost(name, bytes));
  window.legworkStudio = { studio, stage };
}

function startWorker(name: string): Worker {
  return new Worker(`${PATHS.scripts}${name}.js`, { type: "module", name });
}

async function loadConfigAsync(scene: string, gait: string | null): Promise<StudioConfig> {
  const path = PATHS.config(scene);
  const overlays = gait === null ? [] : [PATHS.gait(scene, gait)];
  const read = async (source: string) => ({ text: await fetchTextAsync(source), source });
  return { config: await read(path), overlays: await Promise.all(overlays.map(read)) };
}

async function fetchTextAsync(path: string): Promise<string> {
  const response = await fetch(path);
  if (!response.ok) throw new InputError(`The server has no ${path}.`);
  return response.text();
}

async function fetchJsonAsync<T>(path: string): Promise<T> {
  return JSON.parse(await fetchTextAsync(path)) as T;
}

const root = document.getElementById("studio")!;
startAsync(root).catch((error: Error) => {
  root.textContent = error.message;
});
