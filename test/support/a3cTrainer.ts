import type { VectorEnv } from "../../src/env/vectorEnv.js";
import type { Random } from "../../src/random.js";
import { A3cCrew } from "../../src/train/a3c/crew.js";
import type { OnPolicyConfig } from "../../src/train/config/trainerConfig.js";
import { configuredLayout } from "../../src/train/onPolicy/layout.js";
import { OnPolicyTrainer } from "../../src/train/onPolicy/trainer.js";
import { startNodeThread } from "../../src/workers/nodeThread.js";

interface Options {
  /** Of `envs/faultyEnv.ts`. */
  readonly task: string;
  readonly env: Pick<VectorEnv, "count" | "observationSize" | "actionSpec">;
  readonly config: OnPolicyConfig;
  readonly random: Random;
  readonly workers?: number;
}

/** A3C on threads, not started yet, each with environments like this one, and what it has said. */
export function a3cTrainer({ task, env, config, random, workers = 2 }: Options) {
  const said: string[] = [];
  const layout = configuredLayout(env, config);
  const module = new URL("envs/faultyEnv.ts", import.meta.url);
  module.searchParams.set("task", task);
  const crew = new A3cCrew({
    startThread: () => startNodeThread(new URL("envWorker.ts", import.meta.url)),
    workers,
    env: { module: module.href, agents: env.count, rewards: {}, parameters: {} },
    config,
    layout,
    say: (text) => said.push(text),
  });
  const trainer = new OnPolicyTrainer({ crew, layout, config, random });
  return { trainer, crew, said };
}
