import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runEpisodesAsync, summarizeEpisodes } from "../../src/env/evaluate.js";
import type { VectorEnv } from "../../src/env/vectorEnv.js";
import { MlpPolicy } from "../../src/policy/mlpPolicy.js";
import { Random } from "../../src/random.js";
import { loadTrainerConfig, type TrainerConfig } from "../../src/train/config/trainerConfig.js";
import type { Trainer } from "../../src/train/trainer.js";
import { a3cTrainer } from "../support/a3cTrainer.js";
import { acrobot } from "../support/envs/acrobot.js";
import { cartPole } from "../support/envs/cartPole.js";
import { mountainCarContinuous } from "../support/envs/mountainCar.js";
import { pendulum } from "../support/envs/pendulum.js";
import { SimpleEnv } from "../support/envs/simpleEnv.js";
import { startInlineTrainerAsync } from "../support/inlineTrainer.js";
import { startConfiguredOffPolicyAsync } from "../support/offPolicyTrainer.js";
import { startPopulationTrainerAsync } from "../support/populationTrainer.js";
import { type LearningResult, recordResult } from "./results.js";

const EVALUATION_EPISODES = 100;
const EVALUATION_SEED = 7;

/** The tasks by their names in files, and those of Gymnasium. */
export const TASKS = {
  pendulum: { name: "Pendulum-v1", task: pendulum },
  cartPole: { name: "CartPole-v1", task: cartPole },
  acrobot: { name: "Acrobot-v1", task: acrobot },
  mountainCar: { name: "MountainCarContinuous-v0", task: mountainCarContinuous },
} as const;

export interface LearningRun {
  readonly task: keyof typeof TASKS;
  /** The trainer file is `configs/<task>.<trainer>.yaml`. */
  readonly trainer: string;
  readonly seed: number;
  /** Mean return that counts as learnt. */
  readonly bar: number;
}

/** Trains to the end of `max_steps` and evaluates the deterministic policy on episodes that are always the same. */
export async function learnAsync({ task: key, trainer: type, seed, bar }: LearningRun): Promise<LearningResult> {
  const { name, task } = TASKS[key];
  const file = `${key}.${type}.yaml`;
  const config = loadTrainerConfig(readFileSync(join(import.meta.dirname, "configs", file), "utf8"), file);
  const random = new Random(seed);
  const env = new SimpleEnv(task, config.legwork.numAgents!, random.nextUint32());
  const trainer = await startTrainerAsync(env, config, random);
  while (trainer.steps < config.maxSteps) await trainer.iterateAsync();
  const policy = new MlpPolicy(await trainer.networkAsync());
  const episodes = await runEpisodesAsync(new SimpleEnv(task, EVALUATION_EPISODES, EVALUATION_SEED), policy);
  const { mean, std } = summarizeEpisodes(episodes, 1).return;
  const result = { task: name, trainer: config.trainerType, seed, steps: trainer.steps, return: { mean, std }, bar };
  recordResult(result);
  trainer.dispose();
  return result;
}

export async function startTrainerAsync(env: VectorEnv, config: TrainerConfig, random: Random): Promise<Trainer> {
  switch (config.trainerType) {
    case "sac":
    case "td3":
    case "ddpg":
      return startConfiguredOffPolicyAsync({ env, config, random });
    case "rwr":
    case "reps":
    case "cem":
    case "cma-es":
      return startPopulationTrainerAsync({ env, config, random });
    case "a3c": {
      const { trainer } = a3cTrainer({ task: "cartPole", env, config, random });
      await trainer.startAsync();
      return trainer;
    }
    default:
      return startInlineTrainerAsync({ env, config, random });
  }
}
