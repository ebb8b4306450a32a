import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { type Curve, joinCurves } from "../../compare/curves.js";
import { plotCurves } from "../../compare/plot.js";
import { type ComparedRun, comparisonTable, runsCsv } from "../../compare/table.js";
import type { SceneDefinition } from "../../task/scene.js";
import type { TrainerConfig } from "../../train/config/trainerConfig.js";
import { writeFileAtomically } from "../../train/log/atomicFile.js";
import { TAGS } from "../../train/log/metrics.js";
import { readMetrics } from "../../train/log/metricsFile.js";
import { createProgress } from "../../train/log/progress.js";
import { runTrainingAsync } from "../../train/run.js";
import { RunFolder } from "../../train/runFolder.js";
import { svgToPngAsync } from "../gait/png.js";
import { integer } from "../options.js";
import { findSceneAsync } from "../sceneRegistry.js";
import { resolveTrainerConfig } from "../trainerFile.js";

interface CompareOptions {
  readonly scene: string;
  readonly trainers: readonly string[];
  readonly variants: readonly string[];
  readonly seeds: readonly number[];
  readonly maxSteps?: number;
  readonly resultsDir: string;
  readonly json?: boolean;
}

export function addCompareCommand(program: Command, exitCode: { value: number }): void {
  program
    .command("compare")
    .description("Train a scene with several trainers and seeds, and compare them. Goes on where it was stopped.")
    .requiredOption("--scene <scene>", "a scene's name, or the path of a scene module")
    .requiredOption("--trainers <list>", "algorithms, separated by commas", trainerList)
    .option(
      "--variants <list>",
      "YAML files with settings that differ: each trainer with each of them, too",
      fileList,
      [],
    )
    .option("--seeds <list>", "seeds, separated by commas", seedList, [1, 2, 3])
    .option("--max-steps <n>", "environment steps of each run, default each configuration's", integer(1))
    .option("--results-dir <folder>", "where results go", "results")
    .option("--json", "print the runs as JSON")
    .action(async (options: CompareOptions) => {
      const interrupt = new AbortController();
      const onInterrupt = () => {
        if (interrupt.signal.aborted) process.exit(130);
        interrupt.abort();
      };
      process.on("SIGINT", onInterrupt);
      process.on("SIGTERM", onInterrupt);
      try {
        await compareAsync(options, interrupt.signal);
        if (interrupt.signal.aborted) exitCode.value = 130;
      } finally {
        process.off("SIGINT", onInterrupt);
        process.off("SIGTERM", onInterrupt);
      }
    });
}

async function compareAsync(options: CompareOptions, signal: AbortSignal): Promise<void> {
  const { seeds } = options;
  const { scene, module } = await findSceneAsync(options.scene);
  const folder = join(options.resultsDir, `compare-${scene.name}`);
  // All of them, before anything is trained.
  const setUps = setUpsOf(scene, options);
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const runs: ComparedRun[] = [];
  for (const { name, config } of setUps) {
    for (const seed of seeds) {
      if (signal.aborted) return;
      const runId = `${name}-${seed}`;
      const run = new RunFolder(join(folder, runId));
      const resultPath = join(run.path, "result.json");
      const earlier: ComparedRun | null = existsSync(resultPath) ? JSON.parse(readFileSync(resultPath, "utf8")) : null;
      if (earlier?.maxSteps !== config.maxSteps) {
        // A longer run goes on from a shorter one, not the other way round.
        const goesOn = run.canResume() && !(earlier && earlier.maxSteps > config.maxSteps);
        const mode = goesOn ? "resume" : existsSync(run.path) ? "force" : "new";
        say(`${runId}: ${mode === "resume" ? "going on" : "starting"}.`);
        const result = await runTrainingAsync({
          scene,
          module,
          config,
          seed,
          command: ["npx legwork", ...process.argv.slice(2)].join(" "),
          runId,
          resultsFolder: folder,
          mode,
          backend: "auto",
          earlyStop: false,
          progress: createProgress({
            maxSteps: config.maxSteps,
            stream: process.stderr,
            isTerminal: false,
            json: false,
          }),
          signal,
        });
        if (result.end === "stopped") return;
        const { evaluation, steps, wallSeconds } = result;
        const { survivedFraction, forwardSpeed } = evaluation;
        const compared: ComparedRun = {
          trainer: name,
          seed,
          steps,
          maxSteps: config.maxSteps,
          wallSeconds,
          return: evaluation.return.mean,
          survivedFraction,
          forwardSpeed: forwardSpeed.mean,
        };
        writeFileAtomically(resultPath, `${JSON.stringify(compared, null, 2)}\n`);
      }
      runs.push(JSON.parse(readFileSync(resultPath, "utf8")));
      await writeComparisonAsync(folder, scene.name, runs);
    }
  }
  process.stdout.write(
    options.json ? `${JSON.stringify(runs)}\n` : `${comparisonTable(runs)}\nPlot  ${join(folder, "curves.svg")}\n`,
  );
}

/** Each trainer as the scene sets it up, and with each variant's settings laid over that. */
function setUpsOf(
  scene: SceneDefinition,
  { trainers, variants, maxSteps }: CompareOptions,
): { readonly name: string; readonly config: TrainerConfig }[] {
  return trainers.flatMap((trainer) => [
    { name: trainer, config: resolveTrainerConfig(scene, { trainer, maxSteps }) },
    ...variants.map((path) => ({
      name: `${trainer}+${variantName(path)}`,
      config: resolveTrainerConfig(scene, { trainer, maxSteps, variant: path }),
    })),
  ]);
}

const variantName = (path: string) => basename(path, extname(path));

/** Table, plots and numbers of what is there so far. */
async function writeComparisonAsync(folder: string, scene: string, runs: readonly ComparedRun[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const trainers = [...new Set(runs.map(({ trainer }) => trainer))];
  const curvesOf = (trainer: string) =>
    runs.filter((run) => run.trainer === trainer).map(({ seed }) => readCurve(join(folder, `${trainer}-${seed}`)));
  const panel = (title: string, xLabel: string, axis: "steps" | "seconds") => ({
    title,
    xLabel,
    // A second counts for much with some trainers, a minute for little with others.
    logarithmic: axis === "seconds",
    series: trainers.map((name) => ({ name, points: joinCurves(curvesOf(name), axis) })),
  });
  const seeds = new Set(runs.map(({ seed }) => seed)).size;
  const svg = plotCurves(`${scene}: mean and range of ${seeds} seeds`, "return while training", [
    panel("Over environment steps", "steps", "steps"),
    panel("Over wall time", "seconds of training", "seconds"),
  ]);
  writeFileAtomically(join(folder, "runs.csv"), runsCsv(runs));
  writeFileAtomically(join(folder, "table.md"), comparisonTable(runs));
  writeFileAtomically(join(folder, "curves.svg"), svg);
  writeFileAtomically(join(folder, "curves.png"), await svgToPngAsync(svg));
}

function readCurve(folder: string): Curve {
  const records = readMetrics(new RunFolder(folder).metricsPath).filter(({ values }) =>
    Number.isFinite(values[TAGS.return]),
  );
  return {
    steps: records.map(({ step }) => step),
    seconds: records.map(({ wallSeconds }) => wallSeconds),
    returns: records.map(({ values }) => values[TAGS.return]!),
  };
}

function fileList(text: string): string[] {
  const paths = text.split(",");
  requireDistinct(paths.map(variantName), "Two of the files have the same name.");
  return paths;
}

function trainerList(text: string): string[] {
  const trainers = text.split(",");
  requireDistinct(trainers, "It names a trainer twice.");
  return trainers;
}

function seedList(text: string): number[] {
  const seeds = text.split(",").map(Number);
  if (!seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0)) {
    throw new InvalidArgumentError("They must be whole numbers from 0, separated by commas.");
  }
  requireDistinct(seeds, "It names a seed twice.");
  return seeds;
}

function requireDistinct(values: readonly unknown[], complaint: string): void {
  if (new Set(values).size < values.length) throw new InvalidArgumentError(complaint);
}
