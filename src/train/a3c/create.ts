import { InputError } from "../../inputError.js";
import { Random } from "../../random.js";
import { canShareMemory } from "../../workers/sharedExchange.js";
import type { A3cConfig } from "../config/trainerConfig.js";
import type { CreatedTrainer, TrainerRequest } from "../createTrainer.js";
import { configuredLayout } from "../onPolicy/layout.js";
import { OnPolicyTrainer } from "../onPolicy/trainer.js";
import type { ParallelConfig } from "../parallelism.js";
import { A3cCrew } from "./crew.js";

/**
 * Asynchronous advantage actor-critic.
 * @throws InputError for a backend that it does not run on, and where threads cannot share memory
 */
export async function createA3cAsync(request: TrainerRequest<ParallelConfig & A3cConfig>): Promise<CreatedTrainer> {
  const { config, seed, backend, env, workerEnv, startThread, say } = request;
  if (backend !== "auto" && backend !== "wasm") {
    throw new InputError(`A3C learns on --backend wasm; ${backend} is not offered.`);
  }
  if (!canShareMemory()) {
    throw new InputError("A3C needs threads that share memory: a page for it has to be isolated from other origins.");
  }
  const { legwork } = config;
  const layout = configuredLayout(env, config);
  const crew = new A3cCrew({ startThread, workers: legwork.numWorkers, env: workerEnv, config, layout, say });
  const random = new Random(seed);
  const initialAction = legwork.initialAction === "start" ? env.startAction?.() : undefined;
  return {
    trainer: new OnPolicyTrainer({ crew, layout, config, random, ...(initialAction && { initialAction }) }),
    backend: "wasm",
    reason: null,
    runEpisodesAsync: (...episodes) => crew.runEpisodesAsync(...episodes),
  };
}
