import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Evaluation } from "../env/evaluate.js";
import { createHeadlessScene, loadHavokAsync } from "../env/headless.js";
import { createSceneEnv, describeScene } from "../env/sceneEnv.js";
import { policyToOnnx } from "../export/policyToOnnx.js";
import { verifyExport } from "../export/verifyExport.js";
import type { Backend } from "../nn/backend.js";
import type { ModelMetadata } from "../policy/modelMetadata.js";
import type { SceneDefinition } from "../task/scene.js";
import { startNodeThread } from "../workers/nodeThread.js";
import { formatTrainerConfig, type TrainerConfig } from "./config/trainerConfig.js";
import { createTrainerAsync } from "./createTrainer.js";
import { CurriculumProgress, constantParameters } from "./curriculum.js";
import { trainingEpisodes } from "./episodes.js";
import { Evaluator } from "./evaluator.js";
import { gpuProblem } from "./gpu.js";
import { lessonTag, type MetricRecord, type MetricSink, TAGS } from "./log/metrics.js";
import { openMetricsFile, readMetrics } from "./log/metricsFile.js";
import type { Progress } from "./log/progress.js";
import { writeReport } from "./log/report.js";
import { combineSinks } from "./log/sinks.js";
import { openEventFile } from "./log/tensorboard.js";
import { type LoopEnd, trainLoopAsync } from "./loop.js";
import { resolveParallelismAsync } from "./parallelism.js";
import { type FolderMode, findCheckpoint, RunFolder } from "./runFolder.js";
import { type Iteration, TrainingDivergedError } from "./trainer.js";
import { nodeWorkerEntry } from "./worker/nodeWorkerEntry.js";

export interface RunOptions {
  readonly scene: SceneDefinition;
  /** Module whose default export is the scene; workers load it again. */
  readonly module: URL;
  readonly config: TrainerConfig;
  /** Name of the gait, for the model. */
  readonly gait?: string | undefined;
  readonly seed: number;
  /** The command line, for the notes. */
  readonly command: string;
  readonly runId: string;
  readonly resultsFolder: string;
  readonly mode: FolderMode;
  /** Run id, run folder or checkpoint whose weights the new run starts from. */
  readonly initializeFrom?: string | undefined;
  readonly backend: "auto" | Backend;
  /** Stop when the scene's bar is met. */
  readonly earlyStop: boolean;
  readonly progress: Progress;
  /** Aborted to end the run after the iteration under way. */
  readonly signal: AbortSignal;
}

export interface RunResult {
  readonly end: LoopEnd;
  readonly steps: number;
  readonly wallSeconds: number;
  /** Processor time of all threads, from the first rollout to the end of training. */
  readonly cpuSeconds: number;
  /** Of the exported policy, deterministic. */
  readonly evaluation: Evaluation;
  readonly policyPath: string;
  readonly reportPath: string;
}

const VERIFIED_OBSERVATIONS = 1000;

/**
 * One training run in Node from first to last: sets up, trains, saves, exports, checks the export, evaluates, reports.
 * Everything is validated before the results folder is touched.
 *
 * @throws InputError for bad input; TrainingDivergedError when a loss is not finite, the last checkpoint is kept then
 */
export async function runTrainingAsync(request: RunOptions): Promise<RunResult> {
  const { scene, seed, mode, progress } = request;
  const folder = new RunFolder(join(request.resultsFolder, request.runId));
  folder.check(mode);
  const config = await resolveParallelismAsync(scene, request.config);
  const options = { ...request, config };
  const initial = mode === "resume" ? folder.latestCheckpoint() : initialCheckpoint(options);
  // Of one agent, to see what it senses and does.
  const env = createSceneEnv(scene, createHeadlessScene(), await loadHavokAsync(), {
    agents: 1,
    seed,
    ...trainingEpisodes(config),
  });
  const curriculum = new CurriculumProgress(config.environmentParameters);
  if (initial && mode === "resume") curriculum.restore(initial.meta.curriculum ?? {});
  const { legwork } = config;
  const { trainer, backend, reason, runEpisodesAsync } = await createTrainerAsync({
    config,
    seed,
    backend: options.backend,
    env,
    workerEnv: {
      module: options.module.href,
      agents: legwork.numAgents,
      ...trainingEpisodes(config),
      parameters: curriculum.sources(),
    },
    startThread: () => startNodeThread(nodeWorkerEntry()),
    gpuProblem: gpuProblem(),
    say: (text) => progress.message(text),
  });
  const evaluator = new Evaluator(scene, legwork.evaluationEpisodes, runEpisodesAsync);
  if (initial && mode === "resume") {
    trainer.restore(initial);
    trainer.changes = { parameters: curriculum.sources() };
  } else if (initial) trainer.initializeFrom(initial);
  await trainer.startAsync().catch((error: unknown) => {
    trainer.dispose();
    env.dispose();
    throw error;
  });

  const before = mode === "resume" ? folder.readNotes().wallSeconds : 0;
  const resumeStep = mode === "resume" ? trainer.steps : undefined;
  folder.open(mode);
  writeFileSync(folder.configPath, formatTrainerConfig(config));
  const files = combineSinks([
    openMetricsFile(folder.metricsPath, resumeStep),
    openEventFile(folder.path, resumeStep === undefined ? {} : { resumeStep }),
  ]);
  const sink: MetricSink = combineSinks([files, progress]);
  const notes = (status: LoopEnd | "running" | "diverged", wallSeconds: number) =>
    folder.writeNotes({
      command: options.command,
      scene: scene.name,
      ...(options.gait ? { gait: options.gait } : {}),
      trainer: config.trainerType,
      seed,
      steps: trainer.steps,
      wallSeconds,
      status,
    });
  notes("running", before);
  progress.message(
    `Training ${scene.name} with ${config.trainerType} on ${reason === null ? backend : `${backend} (${reason})`}: seed ${seed}, ${config.legwork.numWorkers} workers × ${config.legwork.numAgents} agents, at most ${config.maxSteps.toLocaleString("en")} steps.`,
  );

  const started = performance.now();
  const startedCpu = process.cpuUsage();
  const wallSeconds = () => before + (performance.now() - started) / 1000;
  let score: number | null = null;
  const exportAsync = async (): Promise<Uint8Array> => {
    const network = await trainer.networkAsync();
    const metadata: ModelMetadata = {
      format: 1,
      ...describeScene(scene, env),
      trainer: config.trainerType,
      seed,
      steps: trainer.steps,
      ...(options.gait ? { gait: options.gait } : {}),
      parameters: constantParameters(config.environmentParameters),
      score,
    };
    const bytes = policyToOnnx(network, metadata);
    const observations = await trainer.recentObservationsAsync(VERIFIED_OBSERVATIONS);
    await verifyExport(bytes, network, observations, observations.length / network.observationSize);
    return bytes;
  };
  const hooks = {
    onIteration: ({ episodes }: Iteration) => {
      const news = curriculum.update(
        episodes.map((episode) => episode.return),
        trainer.steps / config.maxSteps,
      );
      if (news.length === 0) return;
      trainer.changes = { parameters: curriculum.sources() };
      for (const text of news) progress.message(`After ${trainer.steps.toLocaleString("en")} steps, ${text}.`);
    },
    onRecord: ({ step, wallSeconds, values }: MetricRecord) => {
      score = values[TAGS.return] ?? score;
      const lessons = Object.entries(curriculum.lessons()).map(([name, lesson]) => [lessonTag(name), lesson]);
      sink.write({ step, wallSeconds, values: { ...values, ...Object.fromEntries(lessons) } });
    },
    onCheckpointAsync: async () => {
      const { tensors, meta } = await trainer.checkpointAsync();
      folder.writeCheckpoint({ tensors, meta: { ...meta, curriculum: curriculum.state() } }, config.keepCheckpoints);
      folder.writePolicy(await exportAsync(), meta.steps);
      notes("running", wallSeconds());
    },
    isSolvedAsync: (record: MetricRecord) =>
      options.earlyStop ? evaluator.isSolvedAsync(record, exportAsync) : Promise.resolve(false),
  };

  try {
    const end = await trainLoopAsync(trainer, config, hooks, options.signal, before);
    const seconds = wallSeconds();
    const { user, system } = process.cpuUsage(startedCpu);
    notes(end, seconds);
    // The loop has just saved the final policy, verified: what is judged is that file.
    const evaluation = await evaluator.evaluateAsync(new Uint8Array(readFileSync(folder.policyPath)));
    await sink.close();
    const reportPath = writeReport(folder.path, {
      title: `${scene.name}, ${config.trainerType}, seed ${seed}`,
      facts: {
        Status: end,
        Steps: trainer.steps.toLocaleString("en"),
        "Wall time": `${seconds.toFixed(0)} s`,
        Agents: `${config.legwork.numWorkers} × ${config.legwork.numAgents}`,
        Backend: backend,
      },
      records: readMetrics(folder.metricsPath),
      results: {
        title: `Evaluation, ${evaluation.episodes} episodes, deterministic`,
        rows: evaluationRows(evaluation),
      },
    });
    return {
      end,
      steps: trainer.steps,
      wallSeconds: seconds,
      cpuSeconds: (user + system) / 1e6,
      evaluation,
      policyPath: folder.policyPath,
      reportPath,
    };
  } catch (error) {
    if (error instanceof TrainingDivergedError) notes("diverged", wallSeconds());
    throw error;
  } finally {
    progress.close();
    trainer.dispose();
    env.dispose();
  }
}

function initialCheckpoint({ initializeFrom, config, resultsFolder }: RunOptions) {
  const from = initializeFrom ?? config.initPath;
  return from ? findCheckpoint(from, resultsFolder) : null;
}

/** The figures of an evaluation as people read them. */
export function evaluationRows(evaluation: Evaluation): Record<string, string> {
  return {
    Survived: `${(evaluation.survivedFraction * 100).toFixed(0)} % of the episodes`,
    Return: `${evaluation.return.mean.toFixed(1)} ± ${evaluation.return.std.toFixed(1)}`,
    "Forward speed": `${evaluation.forwardSpeed.mean.toFixed(2)} ± ${evaluation.forwardSpeed.std.toFixed(2)} m/s`,
    "Episode length": `${evaluation.episodeSeconds.mean.toFixed(2)} s`,
    Falls: String(evaluation.falls),
    ...Object.fromEntries(Object.entries(evaluation.gait).map(([name, value]) => [gaitLabel(name), value.toFixed(2)])),
  };
}

/** `touchdownsPerSecond` → "Touchdowns per second" */
function gaitLabel(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
