import type { VectorEnv } from "../../src/env/vectorEnv.js";
import type { Random } from "../../src/random.js";
import type { PpoConfig } from "../../src/train/config/trainerConfig.js";
import { hiddenLayers } from "../../src/train/createTrainer.js";
import { InlineCrew } from "../../src/train/ppo/crew.js";
import { type PpoLayout, type PpoNetworkShape, ppoLayout } from "../../src/train/ppo/parameters.js";
import { PpoTrainer } from "../../src/train/ppo/train.js";

interface InlineTrainerOptions {
  readonly env: VectorEnv;
  readonly config: PpoConfig;
  readonly random: Random;
}

/** A PPO trainer whose only worker is in this thread; not started yet. */
export function inlineTrainer({ env, config, random }: InlineTrainerOptions): PpoTrainer {
  const layout = configuredLayout(env, config);
  return new PpoTrainer({ crew: new InlineCrew({ env, config, layout }), layout, config, random });
}

/** The same, started. */
export async function startInlineTrainerAsync(options: InlineTrainerOptions): Promise<PpoTrainer> {
  const trainer = inlineTrainer(options);
  await trainer.startAsync();
  return trainer;
}

/** The networks that a configuration asks for. */
export function configuredLayout(
  { observationSize, actionSpec }: Pick<PpoNetworkShape, "observationSize" | "actionSpec">,
  config: PpoConfig,
): PpoLayout {
  const { activation } = config.legwork;
  return ppoLayout({ observationSize, actionSpec, activation, hidden: hiddenLayers(config) });
}
