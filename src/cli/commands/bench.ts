import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Command, Option } from "commander";
import { InputError } from "../../inputError.js";
import { loadTrainerConfig } from "../../train/config/trainerConfig.js";
import { BENCHES } from "../bench/benches.js";
import type { BenchLine } from "../bench/compare.js";
import type { TimedTrainer } from "../bench/pytorch.js";
import { integer } from "../options.js";
import { findSceneAsync } from "../sceneRegistry.js";

interface BenchOptions {
  readonly scene?: string;
  readonly numAgents?: number;
  readonly trainer: TimedTrainer;
  readonly seeds: readonly number[];
  readonly json?: boolean;
}

const RATIO = "ratio = figure / reference: of rates (…/s) larger is better, of times (ms, µs) smaller is better.";

export function addBenchCommand(program: Command): void {
  const names = Object.keys(BENCHES);
  program
    .command("bench")
    .description(
      "Time a part of Legwork and its reference by turns: rollout against the bare engine, physics against the bare engine " +
        "and against MuJoCo with Gymnasium's bodies, learner against PyTorch on one thread, inference (ONNX) against the " +
        "policy in TypeScript. And train: whole runs until the scene is solved.",
    )
    .addHelpText("before", `${RATIO}\n`)
    .argument("<bench>", names.join(", "))
    .option(
      "--scene <scene>",
      "a scene's name, or the path of a scene module; default hopper, for physics all; learner takes no scene",
    )
    .option("--num-agents <n>", "agents of rollout and physics, default the configuration's", integer(1))
    .addOption(
      new Option("--trainer <trainer>", "whose gradient steps learner times").choices(["ppo", "sac"]).default("ppo"),
    )
    .option("--seeds <list>", "seeds of the runs of train, such as 1,2,3", seedList, [1, 2, 3])
    .option("--json", "print JSON lines")
    .action(async (name: string, options: BenchOptions) => {
      const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
      if (!bench) throw new InputError(`There is no bench "${name}"; the benches are ${names.join(", ")}.`);
      const loadSceneAsync = async (sceneName: string) => {
        const { scene, module } = await findSceneAsync(sceneName);
        const path = fileURLToPath(scene.config);
        const overrides = { numAgents: options.numAgents };
        const config = loadTrainerConfig(readFileSync(path, "utf8"), path, scene.character.behavior, overrides);
        if (config.trainerType !== "ppo") {
          throw new InputError(`${path}: trainer_type is ${config.trainerType}, must be ppo for a bench`);
        }
        return { scene, module, config };
      };
      const note = (text: string) => process.stderr.write(`${text}\n`);
      if (!options.json) process.stdout.write(row("name", "figure", "reference", "ratio", "unit"));
      const { scene, numAgents, trainer, seeds } = options;
      for await (const line of bench({ scene, numAgents, trainer, seeds, loadSceneAsync, note })) {
        process.stdout.write(options.json ? `${JSON.stringify(line)}\n` : rowOf(line));
      }
    });
}

function seedList(text: string): number[] {
  const seed = integer(0);
  return text.split(",").map((part) => seed(part));
}

function rowOf({ name, figure, reference, ratio, unit }: BenchLine): string {
  return row(name, number(figure), number(reference), ratio === null ? "–" : ratio.toFixed(2), unit);
}

function row(name: string, figure: string, reference: string, ratio: string, unit: string): string {
  return `${name.padEnd(40)}${figure.padStart(12)}${reference.padStart(12)}${ratio.padStart(8)}  ${unit}\n`;
}

/** Three digits at least: 1.23, 45.6, 7,890. */
function number(value: number | null): string {
  if (value === null) return "–";
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(value)));
  return value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
