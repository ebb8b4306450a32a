import { serveStage } from "../stage/stageWorker.js";
import { cast } from "./cast.js";
import { loadHavokAsync } from "./havok.js";
import { PATHS } from "./paths.js";

// Entry of the Web Worker that simulates what the stage shows.

serveStage({ scenes: cast, loadHavokAsync, onnxRuntime: PATHS.onnxRuntime });
