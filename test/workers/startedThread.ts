import { startNodeThread } from "../../src/workers/nodeThread.js";
import { Remote } from "../../src/workers/remote.js";

/** The thread of an entry beside this file, once it answers. */
export async function startRemoteAsync(entry: "calls.ts" | "sums.ts", silenceSeconds: number): Promise<Remote> {
  const thread = startNodeThread(new URL(entry, import.meta.url));
  // A call of no function: the answer shows that the thread listens. Starting may take long on a busy machine.
  await new Promise<void>((resolve, reject) => {
    thread.onMessage = () => resolve();
    thread.onEnd = (reason) => reject(new Error(reason));
    thread.post({ call: 0, method: "none" });
  });
  return new Remote(thread, silenceSeconds);
}
