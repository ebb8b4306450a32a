import { env } from "onnxruntime-web/wasm";
import { webThread } from "../../workers/webThread.js";
import { serveTraining } from "../session/serveTraining.js";
import { cast } from "./cast.js";
import { loadHavokAsync } from "./havok.js";
import { PATHS } from "./paths.js";

// Entry of the Web Worker that trains.

env.wasm.wasmPaths = { wasm: `${PATHS.onnxRuntime}ort-wasm-simd-threaded.wasm` };
serveTraining({
  scenes: cast,
  loadHavokAsync,
  startRolloutThread: () => webThread(new Worker(`${PATHS.scripts}rolloutWorker.js`, { type: "module" })),
});
