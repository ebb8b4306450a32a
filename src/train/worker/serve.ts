import { serve } from "../../workers/remote.js";
import type { Port } from "../../workers/thread.js";
import { a3cHandlers } from "../a3c/handlers.js";
import { exploreHandlers } from "../offPolicy/handlers.js";
import { onPolicyHandlers } from "../onPolicy/handlers.js";
import { evaluateHandlers } from "../population/crew.js";
import type { CreateEnv } from "./env.js";
import { episodeHandlers } from "./episodes.js";

/** Serves what all trainers ask of their workers to the thread at the other end of the port. */
export function serveWorker(port: Port, createEnv: CreateEnv): void {
  serve(port, (service) => ({
    ...onPolicyHandlers(createEnv, service),
    ...a3cHandlers(createEnv, service),
    ...exploreHandlers(createEnv, service),
    ...evaluateHandlers(createEnv, service),
    ...episodeHandlers(createEnv, service),
  }));
}
