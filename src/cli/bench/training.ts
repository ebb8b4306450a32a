import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { SceneDefinition } from "../../task/scene.js";
import type { PpoConfig } from "../../train/config/trainerConfig.js";
import { type RunResult, runTrainingAsync } from "../../train/run.js";
import { type BenchLine, median } from "./compare.js";

export interface TrainingBench {
  readonly scene: SceneDefinition;
  readonly module: URL;
  readonly config: PpoConfig;
  readonly seeds: readonly number[];
  readonly note: (text: string) => void;
}

/**
 * Whole training runs, from untrained to solved, and what they took. The references are the bar at which the scene
 * counts as solved, and all cores of this machine; times and speeds stand for themselves. The last lines are the medians
 * over the seeds.
 */
export async function* benchTraining(bench: TrainingBench): AsyncGenerator<BenchLine> {
  const perSeed: BenchLine[][] = [];
  for (const seed of bench.seeds) {
    const result = await trainAsync(bench, seed);
    bench.note(`Seed ${seed}: ${result.end} after ${result.steps.toLocaleString("en")} steps.`);
    const lines = linesOf(bench, result);
    perSeed.push(lines);
    yield* lines.map((line) => ({ ...line, name: `train-${bench.scene.name}-seed-${seed}-${line.name}` }));
  }
  for (const [i, { name, reference, unit }] of perSeed[0]!.entries()) {
    const figure = median(perSeed.map((lines) => lines[i]!.figure));
    yield lineOf(`train-${bench.scene.name}-${name}`, figure, reference, unit);
  }
}

async function trainAsync({ scene, module, config, seeds: _, note }: TrainingBench, seed: number): Promise<RunResult> {
  const folder = mkdtempSync(join(tmpdir(), "legwork-bench-"));
  try {
    return await runTrainingAsync({
      scene,
      module,
      config,
      seed,
      command: `npx legwork bench train --scene ${scene.name} --seeds ${seed}`,
      runId: `seed-${seed}`,
      resultsFolder: folder,
      mode: "new",
      backend: "auto",
      earlyStop: true,
      progress: { write: () => {}, message: note, close: () => {} },
      signal: new AbortController().signal,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function linesOf({ scene }: TrainingBench, result: RunResult): BenchLine[] {
  const { wallSeconds, cpuSeconds, steps, evaluation } = result;
  const { solved } = scene.task;
  return [
    lineOf("wall", wallSeconds, null, "s"),
    lineOf("steps-per-second", steps / wallSeconds, null, "environment steps/s"),
    lineOf("cores", cpuSeconds / wallSeconds, availableParallelism(), "cores"),
    lineOf("survived", evaluation.survivedFraction, solved?.survivedFraction ?? null, "share of episodes"),
    lineOf("speed", evaluation.forwardSpeed.mean, solved?.forwardSpeed ?? null, "m/s"),
  ];
}

function lineOf(name: string, figure: number, reference: number | null, unit: string): BenchLine {
  return { name, figure, reference, ratio: reference === null ? null : figure / reference, unit };
}
