import { join, parse } from "node:path";
import { type Command, Option } from "commander";
import { InputError } from "../../inputError.js";
import { formatTrainerConfig } from "../../train/config/trainerConfig.js";
import { createProgress } from "../../train/log/progress.js";
import { evaluationRows, runTrainingAsync } from "../../train/run.js";
import type { FolderMode } from "../../train/runFolder.js";
import { integer } from "../options.js";
import { findSceneAsync } from "../sceneRegistry.js";
import { resolveTrainerConfig } from "../trainerFile.js";

interface TrainOptions {
  readonly trainer?: string;
  readonly gait?: string;
  readonly config?: string;
  readonly seed: number;
  readonly maxSteps?: number;
  readonly runId?: string;
  readonly resultsDir: string;
  readonly numWorkers?: number;
  readonly numAgents?: number;
  readonly backend: "auto" | "webgpu" | "wasm" | "cpu";
  readonly resume?: boolean;
  readonly force?: boolean;
  readonly initializeFrom?: string;
  readonly earlyStop: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const REPEAT_MILLISECONDS = 1000;

export function addTrainCommand(program: Command, exitCode: { value: number }): void {
  program
    .command("train")
    .description("Train a scene's character, headless, on this machine.")
    .argument("<scene>", "a scene's name, or the path of a scene module")
    .option("--trainer <type>", "algorithm, default the configuration's trainer_type")
    .option("--gait <name>", "gait of the scene, or a YAML file that is laid over the trainer configuration")
    .option("--config <file>", "trainer configuration (YAML in ML-Agents' shape), default the scene's own")
    .option("--seed <n>", "seed of everything random; same seed, same run", integer(0), 1)
    .option("--max-steps <n>", "environment steps, default the configuration's", integer(1))
    .option("--run-id <id>", "name of the results folder, default the scene's name")
    .option("--results-dir <folder>", "where results go", "results")
    .option("--num-workers <n>", "threads that collect and learn together, default one per core", integer(1))
    .option("--num-agents <n>", "agents in the world of each worker, default the configuration's", integer(1))
    .addOption(
      new Option("--backend <name>", "tensor backend").choices(["auto", "webgpu", "wasm", "cpu"]).default("auto"),
    )
    .option("--resume", "go on with the run of this id")
    .option("--force", "replace the run of this id")
    .option("--initialize-from <run>", "start from the weights of another run (id, folder or checkpoint)")
    .option("--no-early-stop", "train on when the task is solved")
    .option("--dry-run", "check everything, print the resolved configuration, train nothing")
    .option("--json", "print JSON lines")
    .action(async (sceneName: string, options: TrainOptions) => {
      const { scene, module } = await findSceneAsync(sceneName);
      const { trainer, maxSteps, numWorkers, numAgents } = options;
      const overrides = { trainer, maxSteps, numWorkers, numAgents };
      const config = resolveTrainerConfig(scene, { ...overrides, config: options.config, gait: options.gait });
      const gait = options.gait && parse(options.gait).name;
      const runId = options.runId ?? (gait ? `${scene.name}-${gait}` : scene.name);
      if (!/^[\w][\w.-]*$/.test(runId)) {
        throw new InputError(`--run-id is "${runId}"; letters, digits, ".", "_" and "-" are allowed.`);
      }
      if (options.dryRun) {
        process.stdout.write(options.json ? `${JSON.stringify(config)}\n` : formatTrainerConfig(config));
        return;
      }
      const progress = createProgress({
        maxSteps: config.maxSteps,
        stream: process.stdout,
        isTerminal: process.stdout.isTTY === true,
        json: options.json === true,
      });
      const interrupt = new AbortController();
      let interruptedAt = 0;
      const onInterrupt = () => {
        // One Ctrl-C can arrive twice: from the terminal, and once more from npx.
        if (interrupt.signal.aborted && Date.now() - interruptedAt < REPEAT_MILLISECONDS) return;
        if (interrupt.signal.aborted) process.exit(130);
        interruptedAt = Date.now();
        interrupt.abort();
        progress.message("Finishing this update and saving; Ctrl-C again to leave at once.");
      };
      process.on("SIGINT", onInterrupt);
      process.on("SIGTERM", onInterrupt);
      try {
        const result = await runTrainingAsync({
          scene,
          module,
          config,
          gait,
          seed: options.seed,
          command: ["npx legwork", ...process.argv.slice(2)].join(" "),
          runId,
          resultsFolder: options.resultsDir,
          mode: folderMode(options),
          initializeFrom: options.initializeFrom,
          backend: options.backend,
          earlyStop: options.earlyStop,
          progress,
          signal: interrupt.signal,
        });
        const argument = module.href.includes("/scenes/") ? scene.name : sceneName;
        report(argument, runId, options, result);
        if (result.end === "stopped") exitCode.value = 130;
      } finally {
        process.off("SIGINT", onInterrupt);
        process.off("SIGTERM", onInterrupt);
      }
    });
}

function folderMode({ resume, force }: TrainOptions): FolderMode {
  if (resume && force) throw new InputError("--resume and --force exclude each other; choose one.");
  return resume ? "resume" : force ? "force" : "new";
}

function report(
  scene: string,
  runId: string,
  options: TrainOptions,
  result: Awaited<ReturnType<typeof runTrainingAsync>>,
): void {
  if (options.json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const { end, steps, wallSeconds, evaluation, policyPath, reportPath } = result;
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const how = { solved: "Solved", finished: "Finished", stopped: "Stopped" }[end];
  say(`${how} after ${steps.toLocaleString("en")} steps in ${wallSeconds.toFixed(0)} s.`);
  say(`\nThe policy in ${evaluation.episodes} episodes, without exploration:`);
  for (const [label, text] of Object.entries(evaluationRows(evaluation))) say(`  ${label.padEnd(24)}${text}`);
  say(`\nPolicy   ${policyPath}`);
  say(`Report   ${reportPath}`);
  say(`Watch    npx legwork play ${scene} --policy ${policyPath}`);
  if (end === "stopped") {
    const folder = options.resultsDir === "results" ? "" : ` --results-dir ${join(options.resultsDir)}`;
    say(`Resume   npx legwork train ${scene} --run-id ${runId}${folder} --resume`);
  }
}
