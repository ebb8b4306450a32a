import type { VectorEnv } from "../../src/env/vectorEnv.js";
import type { Random } from "../../src/random.js";
import { cem } from "../../src/train/cem/create.js";
import { cmaEs } from "../../src/train/cmaEs/create.js";
import { loadTrainerConfig, type PopulationConfig } from "../../src/train/config/trainerConfig.js";
import { hiddenLayers } from "../../src/train/createTrainer.js";
import { searchStart } from "../../src/train/population/create.js";
import { InlinePopulationCrew } from "../../src/train/population/crew.js";
import { policyLayout } from "../../src/train/population/layout.js";
import type { Search, SearchStart } from "../../src/train/population/search.js";
import { PopulationTrainer } from "../../src/train/population/trainer.js";
import { reps } from "../../src/train/reps/create.js";
import { rwr } from "../../src/train/rwr/create.js";

export interface PopulationTrainerOptions {
  readonly env: VectorEnv;
  readonly config: PopulationConfig;
  readonly random: Random;
}

/** The configuration that a trainer file with these settings of a behaviour would give. */
export function populationConfig(settings: object): PopulationConfig {
  return loadTrainerConfig(JSON.stringify({ behaviors: { Test: settings } }), "test") as PopulationConfig;
}

/** A search whose candidates act in this thread, started. */
export async function startPopulationTrainerAsync(options: PopulationTrainerOptions): Promise<PopulationTrainer> {
  const { env, config, random } = options;
  const { observationSize, actionSpec } = env;
  const { activation, observationClip } = config.legwork;
  const layout = policyLayout({ observationSize, actionSpec, activation, hidden: hiddenLayers(config) });
  const search = searchOf(config, searchStart(config, layout, random), random);
  const crew = new InlinePopulationCrew({ env, layout, observationClip });
  const trainer = new PopulationTrainer({ crew, search, layout, config, random });
  await trainer.startAsync();
  return trainer;
}

function searchOf(config: PopulationConfig, start: SearchStart, random: Random): Search {
  switch (config.trainerType) {
    case "rwr":
      return rwr(config, start, random);
    case "reps":
      return reps(config, start, random);
    case "cem":
      return cem(config, start, random);
    case "cma-es":
      return cmaEs(config, start, random);
  }
}
