import { createHeadlessScene, loadHavokAsync } from "../../env/headless.js";
import { createSceneEnv } from "../../env/sceneEnv.js";
import { Random } from "../../random.js";
import type { SceneDefinition } from "../../task/scene.js";
import type { PpoConfig } from "../../train/config/trainerConfig.js";
import { hiddenLayers } from "../../train/createTrainer.js";
import { trainingEpisodes } from "../../train/episodes.js";
import { initialState, type OnPolicyLayout, onPolicyLayout } from "../../train/onPolicy/layout.js";
import { ThreadCrew } from "../../train/onPolicy/threadCrew.js";
import { nodeWorkerEntry } from "../../train/worker/nodeWorkerEntry.js";
import { startNodeThread } from "../../workers/nodeThread.js";
import { type BenchLine, compareAsync, type Plan } from "./compare.js";

export interface WorkersBench extends Plan {
  readonly scene: SceneDefinition;
  readonly module: URL;
  readonly config: PpoConfig;
  readonly agents: number;
  readonly workers: number;
  /** Decisions of each agent in one block. */
  readonly steps: number;
}

/** Decisions per second that several workers collect at the same time, against one worker alone. */
export async function benchWorkersAsync(bench: WorkersBench): Promise<BenchLine> {
  const layout = await layoutAsync(bench);
  const [crew, alone] = await Promise.all([
    startCrewAsync(bench, layout, bench.workers),
    startCrewAsync(bench, layout, 1),
  ]);
  const rate = async (each: ThreadCrew) => {
    const start = performance.now();
    const fragments = await each.collectAsync({ normalizer: null });
    const decisions = fragments.reduce((sum, { rows }) => sum + rows, 0);
    return (decisions * 1000) / (performance.now() - start);
  };
  try {
    const name = `workers-${bench.scene.name}-${bench.workers}`;
    return await compareAsync(
      name,
      "decisions/s",
      bench,
      () => rate(crew),
      () => rate(alone),
    );
  } finally {
    crew.dispose();
    alone.dispose();
  }
}

async function layoutAsync({ scene, config }: WorkersBench): Promise<OnPolicyLayout> {
  const env = createSceneEnv(scene, createHeadlessScene(), await loadHavokAsync(), {
    agents: 1,
    seed: 1,
    ...trainingEpisodes(config),
  });
  const { observationSize, actionSpec } = env;
  env.dispose();
  return onPolicyLayout({
    observationSize,
    actionSpec,
    activation: config.legwork.activation,
    hidden: hiddenLayers(config),
  });
}

async function startCrewAsync(bench: WorkersBench, layout: OnPolicyLayout, workers: number): Promise<ThreadCrew> {
  const { module, config, agents, steps } = bench;
  const bufferSize = workers * agents * steps;
  const crew = new ThreadCrew({
    startThread: () => startNodeThread(nodeWorkerEntry()),
    workers,
    env: {
      module: module.href,
      agents,
      ...trainingEpisodes(config),
    },
    config: { ...config, hyperparameters: { ...config.hyperparameters, bufferSize } } as PpoConfig,
    layout,
    say: (text) => process.stderr.write(`${text}\n`),
  });
  const random = new Random(1);
  await crew.startAsync(random, initialState(layout, config.legwork.initialStd, random));
  return crew;
}
