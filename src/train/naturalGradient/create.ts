import { InputError } from "../../inputError.js";
import { Random } from "../../random.js";
import type { NaturalGradientConfig } from "../config/trainerConfig.js";
import type { CreatedTrainer, TrainerRequest } from "../createTrainer.js";
import { configuredLayout, initialState } from "../onPolicy/layout.js";
import { ThreadCrew } from "../onPolicy/threadCrew.js";
import { OnPolicyTrainer } from "../onPolicy/trainer.js";
import { stepsPerFragment } from "../onPolicy/worker.js";
import type { ParallelConfig } from "../parallelism.js";
import { NaturalGradientLearner } from "./learner.js";
import { naturalStep } from "./settings.js";

/**
 * TRPO, TNPG or NPG with a crew of threads that collect; it learns in this thread.
 * @throws InputError for a backend that it does not run on
 */
export async function createNaturalGradientAsync(
  request: TrainerRequest<ParallelConfig & NaturalGradientConfig>,
): Promise<CreatedTrainer> {
  const { config, seed, backend, env, workerEnv, startThread, say } = request;
  if (backend !== "auto" && backend !== "wasm") {
    throw new InputError(`${config.trainerType.toUpperCase()} learns on --backend wasm; ${backend} is not offered.`);
  }
  const { legwork } = config;
  const layout = configuredLayout(env, config);
  const { numWorkers: workers, numAgents: agents } = legwork;
  const crew = new ThreadCrew({ startThread, workers, env: workerEnv, config, layout, say });
  const random = new Random(seed);
  const learner = await NaturalGradientLearner.createAsync({
    layout,
    state: initialState(layout, legwork.initialStd, new Random(seed)),
    step: naturalStep(config),
    rows: stepsPerFragment(config, workers, agents) * workers * agents,
    random: random.split(),
  });
  const initialAction = legwork.initialAction === "start" ? env.startAction?.() : undefined;
  return {
    trainer: new OnPolicyTrainer({
      crew,
      layout,
      config,
      random,
      learner,
      say,
      ...(initialAction && { initialAction }),
    }),
    backend: "wasm",
    reason: null,
    runEpisodesAsync: (...episodes) => crew.runEpisodesAsync(...episodes),
  };
}
