import { parentPort, Worker } from "node:worker_threads";
import type { Port, Thread } from "./thread.js";

/** Starts a worker thread of Node. @param entry a module of ours */
export function startNodeThread(entry: URL): Thread {
  const worker = new Worker(loader(entry), { eval: true });
  let lastError = "";
  const thread: Thread = {
    onMessage: null,
    onEnd: null,
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    terminate: () => {
      thread.onEnd = null;
      void worker.terminate();
    },
  };
  worker.on("message", (message) => thread.onMessage?.(message));
  worker.on("error", (error) => {
    lastError = error.message;
  });
  worker.on("exit", (code) => thread.onEnd?.(lastError || `it left with code ${code}`));
  return thread;
}

/** Inside of such a thread: the way to the one that started it. */
export function nodePort(): Port {
  const parent = parentPort;
  if (!parent) throw new Error("This module is the entry of a worker thread.");
  const port: Port = { onMessage: null, post: (message, transfer = []) => parent.postMessage(message, transfer) };
  parent.on("message", (message) => port.onMessage?.(message));
  return port;
}

/** A thread does not inherit the loader of TypeScript, which modules of users may need: it registers one of its own. */
function loader(entry: URL): string {
  const register = new URL("../cli/typescript/register.js", import.meta.url);
  return `import("${register}").then(() => import("${entry}"))`;
}
