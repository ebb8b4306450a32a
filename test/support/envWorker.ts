import type { VectorEnv } from "../../src/env/vectorEnv.js";
import { serveWorker } from "../../src/train/worker/serve.js";
import { nodePort } from "../../src/workers/nodeThread.js";

// Entry of a worker thread: that of nodeWorker.ts less the physics, which take long to load.

interface EnvModule {
  createEnvAsync(agents: number, seed: number): Promise<VectorEnv>;
}

serveWorker(nodePort(), async ({ module, agents }, seed) => {
  const { createEnvAsync } = (await import(module)) as EnvModule;
  return createEnvAsync(agents, seed);
});
