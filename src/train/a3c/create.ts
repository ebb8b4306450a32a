import { InputError } from "../../inputError.js";
import { Random } from "../../random.js";
import { canShareMemory } from "../../workers/sharedExchange.js";
import type { A3cConfig } from "../config/trainerConfig.js";
import { type CreatedTrainer, crewThreads, requireBackend, type TrainerRequest } from "../createTrainer.js";
import { createOnPolicyTrainer } from "../onPolicy/create.js";
import { configuredLayout } from "../onPolicy/layout.js";
import type { ParallelConfig } from "../parallelism.js";
import { A3cCrew } from "./crew.js";

/**
 * Asynchronous advantage actor-critic.
 * @throws InputError for a backend that it does not run on, and where threads cannot share memory
 */
export async function createA3cAsync(request: TrainerRequest<ParallelConfig & A3cConfig>): Promise<CreatedTrainer> {
  const { config, seed, env } = request;
  requireBackend("A3C", request, ["wasm"]);
  if (!canShareMemory()) {
    throw new InputError("A3C needs threads that share memory: a page for it has to be isolated from other origins.");
  }
  const layout = configuredLayout(env, config);
  const crew = new A3cCrew({ ...crewThreads(request), config, layout });
  const random = new Random(seed);
  return { ...createOnPolicyTrainer(request, { layout, crew, random }), backend: "wasm", reason: null };
}
