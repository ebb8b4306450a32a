import { Logger } from "@babylonjs/core/Misc/logger.js";
import { createHeadlessScene, loadHavokAsync } from "../../env/headless.js";
import { createSceneEnv } from "../../env/sceneEnv.js";
import type { VectorEnv } from "../../env/vectorEnv.js";
import { enableRelaxedSimd } from "../../nn/kernels/relaxedSimd.js";
import type { SceneDefinition } from "../../task/scene.js";
import { nodePort } from "../../workers/nodeThread.js";
import type { CreateEnv } from "./env.js";
import { serveWorker } from "./serve.js";

// Entry of a worker thread in Node.

/** What a scene's module exports; `createEnvAsync` is for environments that are no scenes, such as those of tests. */
interface SceneModule {
  readonly default?: SceneDefinition;
  readonly createEnvAsync?: (agents: number, seed: number) => Promise<VectorEnv>;
}

let havok: ReturnType<typeof loadHavokAsync> | null = null;

const createEnv: CreateEnv = async ({ module, ...options }, seed) => {
  const loaded = (await import(module)) as SceneModule;
  if (loaded.createEnvAsync) return loaded.createEnvAsync(options.agents, seed);
  havok ??= loadHavokAsync();
  return createSceneEnv(loaded.default!, createHeadlessScene(), await havok, { ...options, seed });
};

// Babylon announces each engine on standard output, which belongs to the command.
Logger.LogLevels = Logger.WarningLogLevel | Logger.ErrorLogLevel;
enableRelaxedSimd();
serveWorker(nodePort(), createEnv);
