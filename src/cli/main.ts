import { inspect } from "node:util";
import { Logger } from "@babylonjs/core/Misc/logger.js";
import { Command, CommanderError } from "commander";
import { InputError } from "../inputError.js";
import { enableRelaxedSimd } from "../nn/kernels/relaxedSimd.js";
import { addBenchCommand } from "./commands/bench.js";
import { addCheckCommand } from "./commands/check.js";
import { addCompareCommand } from "./commands/compare.js";
import { addEvalCommand } from "./commands/eval.js";
import { addGaitCommand } from "./commands/gait.js";
import { addInspectCommand } from "./commands/inspect.js";
import { addPlayCommand } from "./commands/play.js";
import { addScenesCommand } from "./commands/scenes.js";
import { addStudioCommand } from "./commands/studio.js";
import { addTrainCommand } from "./commands/train.js";

/** Exit codes of every command. */
const DONE = 0;
const FAILED = 1;
const BAD_INPUT = 2;

/**
 * Runs the command line.
 * @param argv as `process.argv`
 * @returns the exit code: 0 done, 1 failed, 2 bad input
 */
export async function mainAsync(argv: readonly string[]): Promise<number> {
  // Babylon announces each engine on standard output, which belongs to the commands.
  Logger.LogLevels = Logger.WarningLogLevel | Logger.ErrorLogLevel;
  enableRelaxedSimd();
  const program = new Command("legwork")
    .description("Train physically simulated characters for Babylon.js and Havok, and ship them as ONNX.")
    .helpOption("--help", "describe the command")
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  const exitCode = { value: DONE };
  addTrainCommand(program, exitCode);
  addCompareCommand(program, exitCode);
  addEvalCommand(program);
  addGaitCommand(program);
  addPlayCommand(program);
  addStudioCommand(program);
  addCheckCommand(program, exitCode);
  addBenchCommand(program);
  addScenesCommand(program);
  addInspectCommand(program);
  for (const command of program.commands) {
    command
      .exitOverride()
      .configureOutput({ outputError: () => {} })
      .helpOption("--help", "describe the command");
  }
  try {
    if (argv.length <= 2) throw new InputError("Name a command; legwork --help lists them.");
    await program.parseAsync([...argv]);
    return exitCode.value;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return DONE;
      process.stderr.write(`${error.message.replace(/^error: /, "").replace(/\n/g, " ")}\n`);
      return BAD_INPUT;
    }
    if (error instanceof InputError) {
      process.stderr.write(`${error.message}\n`);
      return BAD_INPUT;
    }
    // A run that failed says so in one line; an error of our own shows where it happened, and what caused it.
    const known = error instanceof Error && error.name === "TrainingDivergedError";
    process.stderr.write(`${known ? error.message : inspect(error)}\n`);
    return FAILED;
  }
}
