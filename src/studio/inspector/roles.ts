import type { Thread } from "../../workers/thread.js";
import { webThread } from "../../workers/webThread.js";

/** What a worker of the Studio is for. */
export type WorkerRole = "training" | "rollout" | "trial";

/** The first message to a worker. Not its name: bundlers want to read the options of `new Worker` as they are written. */
export interface RoleMessage {
  readonly legworkRole: WorkerRole;
}

/** Gives a worker that has just been started its role. */
export function roleThread(worker: Worker, role: WorkerRole): Thread {
  worker.postMessage({ legworkRole: role } satisfies RoleMessage);
  return webThread(worker);
}
