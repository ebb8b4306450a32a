import { serveWebWorker } from "../../train/worker/webWorker.js";
import { cast } from "./cast.js";
import { loadHavokAsync } from "./havok.js";

// Entry of the Web Workers that collect, and learn together.

serveWebWorker({ scenes: cast, loadHavokAsync, runsCode: true });
