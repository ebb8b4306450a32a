import type { GroupThreads } from "../../workers/group.js";
import type { EnvDescription } from "./env.js";

/** The threads of a crew; each of them calls `serveWorker` and builds its own environments. */
export interface CrewThreads extends GroupThreads {
  readonly env: EnvDescription;
}
