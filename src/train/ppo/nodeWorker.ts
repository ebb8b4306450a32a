import { Logger } from "@babylonjs/core/Misc/logger.js";
import { createHeadlessScene, loadHavokAsync } from "../../env/headless.js";
import { createSceneEnv } from "../../env/sceneEnv.js";
import type { VectorEnv } from "../../env/vectorEnv.js";
import { enableRelaxedSimd } from "../../nn/kernels/relaxedSimd.js";
import type { SceneDefinition } from "../../task/scene.js";
import { nodePort } from "../../workers/nodeThread.js";
import { type CreateEnv, servePpoWorker } from "./workerService.js";

// Entry of a worker thread in Node.

/** What a scene's module exports; `createEnvAsync` is for environments that are no scenes, such as those of tests. */
interface SceneModule {
  readonly default?: SceneDefinition;
  readonly createEnvAsync?: (agents: number, seed: number) => Promise<VectorEnv>;
}

const createEnv: CreateEnv = async ({ module, agents, weights, parameters }, seed) => {
  const loaded = (await import(module)) as SceneModule;
  if (loaded.createEnvAsync) return loaded.createEnvAsync(agents, seed);
  return createSceneEnv(loaded.default!, createHeadlessScene(), await loadHavokAsync(), {
    agents,
    seed,
    weights,
    parameters,
  });
};

// Babylon announces each engine on standard output, which belongs to the command.
Logger.LogLevels = Logger.WarningLogLevel | Logger.ErrorLogLevel;
enableRelaxedSimd();
servePpoWorker(nodePort(), createEnv);
