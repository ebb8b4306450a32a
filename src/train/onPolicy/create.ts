import type { Random } from "../../random.js";
import type { OnPolicyConfig } from "../config/trainerConfig.js";
import type { CreatedTrainer, TrainerRequest } from "../createTrainer.js";
import type { ParallelConfig } from "../parallelism.js";
import type { OnPolicyLayout } from "./layout.js";
import { type CrewAndLearner, OnPolicyTrainer } from "./trainer.js";

type Parts = CrewAndLearner & {
  readonly layout: OnPolicyLayout;
  readonly random: Random;
  /** Takes part in judging as well. */
  readonly crew: Pick<CreatedTrainer, "runEpisodesAsync">;
};

/** The trainer of a request, of what its algorithm has chosen. */
export function createOnPolicyTrainer(
  { config, env, say }: TrainerRequest<ParallelConfig & OnPolicyConfig>,
  parts: Parts,
): Pick<CreatedTrainer, "trainer" | "runEpisodesAsync"> {
  const initialAction = config.legwork.initialAction === "start" ? env.startAction?.() : undefined;
  const { crew } = parts;
  return {
    trainer: new OnPolicyTrainer({ ...parts, config, say, ...(initialAction && { initialAction }) }),
    runEpisodesAsync: (...episodes) => crew.runEpisodesAsync(...episodes),
  };
}
