import { webThread } from "../../workers/webThread.js";
import { serveTraining } from "../session/serveTraining.js";
import { cast } from "./cast.js";
import { loadHavokAsync } from "./havok.js";
import { PATHS } from "./paths.js";

// Entry of the Web Worker that trains.

serveTraining({
  scenes: cast,
  loadHavokAsync,
  onnxRuntime: PATHS.onnxRuntime,
  startRolloutThread: () => webThread(new Worker(`${PATHS.scripts}rolloutWorker.js`, { type: "module" })),
});
