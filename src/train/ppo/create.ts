import { Random } from "../../random.js";
import type { A2cConfig, PpoConfig, QActorCriticConfig, ReinforceConfig } from "../config/trainerConfig.js";
import { type CreatedTrainer, crewThreads, requireBackend, type TrainerRequest } from "../createTrainer.js";
import { createOnPolicyTrainer } from "../onPolicy/create.js";
import { configuredLayout, criticOf, initialState } from "../onPolicy/layout.js";
import { learnSettings } from "../onPolicy/settings.js";
import { ThreadCrew } from "../onPolicy/threadCrew.js";
import type { ParallelConfig } from "../parallelism.js";
import { createLearnerAsync } from "./createLearner.js";

/** PPO, and what is a special case of it, A2C, Q actor-critic and REINFORCE, with a crew of threads. */
export async function createPpoAsync(
  request: TrainerRequest<ParallelConfig & (PpoConfig | A2cConfig | QActorCriticConfig | ReinforceConfig)>,
): Promise<CreatedTrainer> {
  const { config, seed, backend, env, gpuProblem } = request;
  const { legwork } = config;
  const judgesActions = criticOf(config) === "state-action";
  if (judgesActions) requireBackend(config.trainerType, request, ["wasm"]);
  const layout = configuredLayout(env, config);
  const crew = new ThreadCrew({ ...crewThreads(request), config, layout });
  const random = new Random(seed);
  const { learner, ...where } = await createLearnerAsync({
    backend: judgesActions ? "wasm" : backend,
    layout,
    state: initialState(layout, legwork.initialStd, new Random(seed)),
    settings: learnSettings(config, 0),
    maxGradNorm: legwork.maxGradNorm,
    random: random.split(),
    workers: legwork.numWorkers,
    gpuProblem,
  });
  return { ...createOnPolicyTrainer(request, { layout, crew, learner, random }), ...where };
}
