import { serveTrials } from "../rewards/trialWorker.js";
import { cast } from "./cast.js";
import { loadHavokAsync } from "./havok.js";

// Entry of the Web Worker that tries reward terms out.

serveTrials({ scenes: cast, loadHavokAsync });
