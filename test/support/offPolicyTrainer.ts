import type { VectorEnv } from "../../src/env/vectorEnv.js";
import { Random } from "../../src/random.js";
import { loadTrainerConfig, type OffPolicyConfig } from "../../src/train/config/trainerConfig.js";
import { ddpg } from "../../src/train/ddpg/create.js";
import { actorCriticShape, type OffPolicyAlgorithm } from "../../src/train/offPolicy/create.js";
import { InlineExplorerCrew } from "../../src/train/offPolicy/crew.js";
import type { ActorCriticShape } from "../../src/train/offPolicy/layout.js";
import { OffPolicyTrainer } from "../../src/train/offPolicy/trainer.js";
import { sac } from "../../src/train/sac/create.js";
import { td3 } from "../../src/train/td3/create.js";

export interface OffPolicyTrainerOptions {
  readonly env: VectorEnv;
  readonly trainer?: OffPolicyConfig["trainerType"];
  readonly seed?: number;
  /** Decisions of each agent in one iteration. */
  readonly steps?: number;
  /** As in a file. */
  readonly hyperparameters?: object;
  readonly network?: object;
  readonly legwork?: object;
  readonly gamma?: number;
}

/** An off-policy trainer whose only worker is in this thread, started. */
export async function startOffPolicyTrainerAsync(options: OffPolicyTrainerOptions): Promise<OffPolicyTrainer> {
  const { env, trainer: trainer_type = "sac", seed = 1, steps = 4 } = options;
  const { hyperparameters = {}, network = {}, legwork = {}, gamma = 0.99 } = options;
  const behavior = {
    trainer_type,
    hyperparameters,
    network_settings: { hidden_units: 64, num_layers: 2, ...network },
    reward_signals: { extrinsic: { gamma } },
    max_steps: 100_000,
    legwork: { activation: "relu", ...legwork },
  };
  const config = loadTrainerConfig(JSON.stringify({ behaviors: { Test: behavior } }), "test") as OffPolicyConfig;
  return startConfiguredOffPolicyAsync({ env, config, random: new Random(seed), steps });
}

/** The same for a configuration. */
export async function startConfiguredOffPolicyAsync({
  env,
  config,
  random,
  steps = config.legwork.collectSteps,
}: {
  readonly env: VectorEnv;
  readonly config: OffPolicyConfig;
  readonly random: Random;
  readonly steps?: number;
}): Promise<OffPolicyTrainer> {
  const { observationClip } = config.legwork;
  const { layout, exploration, createLearnerAsync } = algorithm(config, actorCriticShape(config, env));
  const learner = await createLearnerAsync(random, "wasm");
  const crew = new InlineExplorerCrew({ env, layout, exploration, observationClip, steps });
  const trainer = new OffPolicyTrainer({ crew, learner, layout, exploration, config, random });
  await trainer.startAsync();
  return trainer;
}

function algorithm(config: OffPolicyConfig, shape: ActorCriticShape): OffPolicyAlgorithm {
  if (config.trainerType === "sac") return sac(config, shape);
  return config.trainerType === "td3" ? td3(config, shape) : ddpg(config, shape);
}
