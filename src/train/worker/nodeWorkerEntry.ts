/** The module that a worker thread of Node runs: TypeScript in a clone, as this file is there. */
export function nodeWorkerEntry(): URL {
  return new URL(`./nodeWorker${import.meta.url.slice(-3)}`, import.meta.url);
}
