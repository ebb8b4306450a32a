import { Random } from "../../random.js";
import type { NaturalGradientConfig } from "../config/trainerConfig.js";
import { type CreatedTrainer, crewThreads, requireBackend, type TrainerRequest } from "../createTrainer.js";
import { createOnPolicyTrainer } from "../onPolicy/create.js";
import { configuredLayout, initialState } from "../onPolicy/layout.js";
import { ThreadCrew } from "../onPolicy/threadCrew.js";
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
  const { config, seed, env } = request;
  requireBackend(config.trainerType.toUpperCase(), request, ["wasm"]);
  const { legwork } = config;
  const layout = configuredLayout(env, config);
  const { numWorkers: workers, numAgents: agents } = legwork;
  const crew = new ThreadCrew({ ...crewThreads(request), config, layout });
  const random = new Random(seed);
  const learner = await NaturalGradientLearner.createAsync({
    layout,
    state: initialState(layout, legwork.initialStd, new Random(seed)),
    step: naturalStep(config),
    rows: stepsPerFragment(config, workers, agents) * workers * agents,
    random: random.split(),
  });
  return { ...createOnPolicyTrainer(request, { layout, crew, learner, random }), backend: "wasm", reason: null };
}
