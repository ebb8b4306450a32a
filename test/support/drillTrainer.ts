import { Random } from "../../src/random.js";
import type { OnPolicyTrainer } from "../../src/train/onPolicy/trainer.js";
import { DRILL_STEPS, drill } from "./envs/drill.js";
import { SimpleEnv, type SimpleTask } from "./envs/simpleEnv.js";
import { inlineTrainer } from "./inlineTrainer.js";
import { ppoConfig } from "./ppoConfig.js";

export const DRILL_AGENTS = 4;
/** Of one iteration: four whole episodes of each agent. */
export const DRILL_ROWS = 4 * DRILL_STEPS * DRILL_AGENTS;

export interface DrillOptions {
  readonly seed?: number;
  readonly task?: SimpleTask;
  readonly maxSteps?: number;
  readonly hyperparameters?: object;
  readonly network?: object;
  readonly legwork?: object;
}

/** The configuration of a {@link drillTrainer}, everything normalised. */
export function drillConfig({ maxSteps = 100_000, hyperparameters, network, legwork }: DrillOptions) {
  return ppoConfig({
    max_steps: maxSteps,
    hyperparameters: { batch_size: 16, buffer_size: DRILL_ROWS, learning_rate: 0.01, num_epoch: 2, ...hyperparameters },
    network_settings: { hidden_units: 8, num_layers: 1, normalize: true, ...network },
    legwork: { activation: "tanh", ...legwork },
  });
}

/** A small PPO trainer, quick and deterministic; not started yet. */
export function drillTrainer(options: DrillOptions = {}): OnPolicyTrainer {
  const { seed = 1, task = drill } = options;
  return inlineTrainer({
    env: new SimpleEnv(task, DRILL_AGENTS, 1),
    config: drillConfig(options),
    random: new Random(seed),
  });
}

/** The same, started. */
export async function startDrillTrainerAsync(options: DrillOptions = {}): Promise<OnPolicyTrainer> {
  const trainer = drillTrainer(options);
  await trainer.startAsync();
  return trainer;
}
