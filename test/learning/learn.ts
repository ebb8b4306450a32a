import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runEpisodesAsync, summarizeEpisodes } from "../../src/env/evaluate.js";
import { MlpPolicy } from "../../src/policy/mlpPolicy.js";
import { Random } from "../../src/random.js";
import { SimpleEnv, type SimpleTask } from "../support/envs/simpleEnv.js";
import { startInlineTrainerAsync } from "../support/inlineTrainer.js";
import { loadPpoConfig } from "../support/ppoConfig.js";
import { type LearningResult, recordResult } from "./results.js";

const EVALUATION_EPISODES = 100;
const EVALUATION_SEED = 7;

export interface LearningRun {
  readonly name: string;
  readonly task: SimpleTask;
  /** The trainer file, beside this one. */
  readonly file: string;
  readonly seed: number;
  /** Mean return that counts as learnt. */
  readonly bar: number;
}

/** Trains to the end of `max_steps` and evaluates the deterministic policy on episodes that are always the same. */
export async function learnAsync({ name, task, file, seed, bar }: LearningRun): Promise<LearningResult> {
  const config = loadPpoConfig(readFileSync(join(import.meta.dirname, file), "utf8"), file);
  const random = new Random(seed);
  const env = new SimpleEnv(task, config.legwork.numAgents!, random.nextUint32());
  const trainer = await startInlineTrainerAsync({ env, config, random });
  while (trainer.steps < config.maxSteps) await trainer.iterateAsync();
  const policy = new MlpPolicy(await trainer.networkAsync());
  const episodes = await runEpisodesAsync(new SimpleEnv(task, EVALUATION_EPISODES, EVALUATION_SEED), policy);
  const { mean, std } = summarizeEpisodes(episodes, 1).return;
  const result = { task: name, trainer: config.trainerType, seed, steps: trainer.steps, return: { mean, std }, bar };
  recordResult(result);
  trainer.dispose();
  return result;
}
