import type { Port, Thread } from "./thread.js";

/** Wraps a Web Worker that has just been started. */
export function webThread(worker: Worker): Thread {
  const thread: Thread = {
    onMessage: null,
    onEnd: null,
    post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    terminate: () => {
      thread.onEnd = null;
      worker.terminate();
    },
  };
  worker.onmessage = ({ data }) => thread.onMessage?.(data);
  // An error that nobody caught does not end a Web Worker, but leaves it in an unknown state.
  worker.onerror = (event) => {
    event.preventDefault();
    worker.terminate();
    thread.onEnd?.(event.message || "its script could not be loaded");
  };
  return thread;
}

/** Inside of a Web Worker: the way to the page. */
export function webPort(): Port {
  const scope = globalThis as unknown as {
    postMessage(message: unknown, transfer: Transferable[]): void;
    onmessage: ((event: MessageEvent) => void) | null;
  };
  // Kept, for it may be taken away from code that runs here later.
  const { postMessage } = scope;
  const port: Port = {
    onMessage: null,
    post: (message, transfer = []) => postMessage.call(scope, message, [...transfer]),
  };
  scope.onmessage = ({ data }) => port.onMessage?.(data);
  return port;
}
