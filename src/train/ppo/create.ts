import { InputError } from "../../inputError.js";
import { Random } from "../../random.js";
import type { A2cConfig, PpoConfig, QActorCriticConfig, ReinforceConfig } from "../config/trainerConfig.js";
import type { CreatedTrainer, TrainerRequest } from "../createTrainer.js";
import { configuredLayout, criticOf, initialState } from "../onPolicy/layout.js";
import { learnSettings } from "../onPolicy/settings.js";
import { ThreadCrew } from "../onPolicy/threadCrew.js";
import { OnPolicyTrainer } from "../onPolicy/trainer.js";
import type { ParallelConfig } from "../parallelism.js";
import { createLearnerAsync } from "./createLearner.js";

/** PPO, and what is a special case of it, A2C, Q actor-critic and REINFORCE, with a crew of threads. */
export async function createPpoAsync(
  request: TrainerRequest<ParallelConfig & (PpoConfig | A2cConfig | QActorCriticConfig | ReinforceConfig)>,
): Promise<CreatedTrainer> {
  const { config, seed, backend, env, workerEnv, startThread, gpuProblem, silenceSeconds, say } = request;
  const { legwork } = config;
  const judgesActions = criticOf(config) === "state-action";
  if (judgesActions && backend !== "auto" && backend !== "wasm") {
    throw new InputError(`${config.trainerType} learns on --backend wasm; ${backend} is not offered.`);
  }
  const layout = configuredLayout(env, config);
  const crew = new ThreadCrew({
    startThread,
    workers: legwork.numWorkers,
    env: workerEnv,
    config,
    layout,
    say,
    ...(silenceSeconds !== undefined && { silenceSeconds }),
  });
  const random = new Random(seed);
  const chosen = await createLearnerAsync({
    backend: judgesActions ? "wasm" : backend,
    layout,
    state: initialState(layout, legwork.initialStd, new Random(seed)),
    settings: learnSettings(config, 0),
    maxGradNorm: legwork.maxGradNorm,
    random: random.split(),
    workers: legwork.numWorkers,
    gpuProblem,
  });
  const initialAction = legwork.initialAction === "start" ? env.startAction?.() : undefined;
  const { learner, ...where } = chosen;
  const parts = { crew, layout, config, random, learner, say, ...(initialAction && { initialAction }) };
  return {
    trainer: new OnPolicyTrainer(parts),
    ...where,
    runEpisodesAsync: (...episodes) => crew.runEpisodesAsync(...episodes),
  };
}
