import type { VectorEnv } from "../../src/env/vectorEnv.js";
import type { Random } from "../../src/random.js";
import type { OnPolicyConfig } from "../../src/train/config/trainerConfig.js";
import { NaturalGradientLearner } from "../../src/train/naturalGradient/learner.js";
import { naturalStep } from "../../src/train/naturalGradient/settings.js";
import { InlineCrew } from "../../src/train/onPolicy/crew.js";
import { configuredLayout, initialState } from "../../src/train/onPolicy/layout.js";
import type { OnPolicyLearner } from "../../src/train/onPolicy/learner.js";
import { OnPolicyTrainer } from "../../src/train/onPolicy/trainer.js";
import { stepsPerFragment } from "../../src/train/onPolicy/worker.js";
import { InlineA3cCrew } from "./inlineA3cCrew.js";

export interface InlineTrainerOptions {
  readonly env: VectorEnv;
  readonly config: OnPolicyConfig;
  readonly random: Random;
}

/** An on-policy trainer whose only worker is in this very thread, with the networks of its configuration. */
export function inlineTrainer(
  { env, config, random }: InlineTrainerOptions,
  learner: OnPolicyLearner | null = null,
): OnPolicyTrainer {
  const layout = configuredLayout(env, config);
  const shared = { layout, config, random };
  if (config.trainerType === "a3c") {
    return new OnPolicyTrainer({ ...shared, crew: new InlineA3cCrew({ env, config, layout }) });
  }
  const crew = new InlineCrew({ env, config, layout });
  return new OnPolicyTrainer(learner ? { ...shared, crew, learner } : { ...shared, crew });
}

/** The same, started, and with the learner that its algorithm needs. */
export async function startInlineTrainerAsync(options: InlineTrainerOptions): Promise<OnPolicyTrainer> {
  const trainer = inlineTrainer(options, await learnerAsync(options));
  await trainer.startAsync();
  return trainer;
}

async function learnerAsync({ env, config, random }: InlineTrainerOptions): Promise<OnPolicyLearner | null> {
  switch (config.trainerType) {
    case "trpo":
    case "tnpg":
    case "npg": {
      const layout = configuredLayout(env, config);
      return NaturalGradientLearner.createAsync({
        layout,
        state: initialState(layout, config.legwork.initialStd, random),
        step: naturalStep(config),
        rows: stepsPerFragment(config, 1, env.count) * env.count,
        random: random.split(),
      });
    }
    default:
      return null;
  }
}
