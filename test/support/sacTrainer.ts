import type { VectorEnv } from "../../src/env/vectorEnv.js";
import { Random } from "../../src/random.js";
import { camelKeys } from "../../src/train/config/keyNames.js";
import { sacSchema } from "../../src/train/config/sac.js";
import type { SacConfig } from "../../src/train/config/trainerConfig.js";
import { hiddenLayers } from "../../src/train/createTrainer.js";
import { InlineSacCrew } from "../../src/train/sac/crew.js";
import { SacKernelLearner } from "../../src/train/sac/kernelLearner.js";
import { initialSacState, sacLayout } from "../../src/train/sac/parameters.js";
import { SacTrainer } from "../../src/train/sac/train.js";

export interface SacTrainerOptions {
  readonly env: VectorEnv;
  readonly seed?: number;
  /** Decisions of each agent in one iteration. */
  readonly steps?: number;
  /** As in a file. */
  readonly hyperparameters?: object;
  readonly network?: object;
  readonly legwork?: object;
  readonly gamma?: number;
}

/** A SAC trainer whose only worker is in this thread, started. */
export async function startSacTrainerAsync(options: SacTrainerOptions): Promise<SacTrainer> {
  const { env, seed = 1, steps = 4, hyperparameters = {}, network = {}, legwork = {}, gamma = 0.99 } = options;
  const written = sacSchema.parse({
    trainer_type: "sac",
    hyperparameters,
    network_settings: { hidden_units: 64, num_layers: 2, ...network },
    reward_signals: { extrinsic: { gamma } },
    max_steps: 100_000,
    legwork: { activation: "relu", ...legwork },
  });
  const config: SacConfig = { behavior: "Test", environmentParameters: {}, ...camelKeys(written) };
  const layout = sacLayout({
    observationSize: env.observationSize,
    actionSize: env.actionSpec.continuous,
    activation: config.legwork.activation,
    hidden: hiddenLayers(config),
  });
  const random = new Random(seed);
  const { initialStd, observationClip } = config.legwork;
  const { initEntcoef, batchSize } = config.hyperparameters;
  const state = initialSacState(layout, { initialStd, initialAlpha: initEntcoef, random });
  const learner = await SacKernelLearner.createAsync({ layout, state, rows: batchSize, random: random.split() });
  const crew = new InlineSacCrew({ env, layout, observationClip, steps });
  const trainer = new SacTrainer({ crew, learner, layout, config, random });
  await trainer.startAsync();
  return trainer;
}
