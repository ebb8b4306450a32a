import { mkdirSync } from "node:fs";
import { join, parse } from "node:path";
import type { Command } from "commander";
import { OnnxPolicy } from "../../inference/onnxPolicy.js";
import { InputError } from "../../inputError.js";
import { analyseGait } from "../../task/gait/analysis.js";
import { writeFileAtomically } from "../../train/log/atomicFile.js";
import { figureRows, gaitDiagram } from "../gait/diagram.js";
import { svgToPngAsync } from "../gait/png.js";
import { recordGaitAsync } from "../gait/record.js";
import { assignment, integer, positive, readInput } from "../options.js";
import { findSceneAsync } from "../sceneRegistry.js";

interface GaitOptions {
  readonly policy: string;
  readonly episodes: number;
  readonly seed: number;
  readonly seconds: number;
  readonly set?: Record<string, number>;
  readonly out?: string;
  readonly json?: boolean;
}

export function addGaitCommand(program: Command): void {
  program
    .command("gait")
    .description("Measure and draw how a policy moves: footfalls, strides, speeds, joint angles.")
    .argument("<scene>", "a scene's name, or the path of a scene module")
    .requiredOption("--policy <file>", "the ONNX file")
    .option("--episodes <n>", "number of episodes", integer(1), 10)
    .option("--seed <n>", "seed of the starts", integer(0), 7)
    .option("--seconds <s>", "length of an episode", positive, 12)
    .option("--set <name=value>", "fix an environment parameter; may be repeated", assignment)
    .option("--out <folder>", "where gait.json, footfalls.svg and footfalls.png go, default not written with --json")
    .option("--json", "print one JSON object")
    .action(async (sceneName: string, options: GaitOptions) => {
      const { scene } = await findSceneAsync(sceneName);
      if (!scene.character.body.feet?.length) {
        throw new InputError(`Scene "${scene.name}" has no feet, so it has no gait; name them in its body's \`feet\`.`);
      }
      const policy = await OnnxPolicy.LoadAsync(new Uint8Array(readInput(options.policy, "model")), {
        name: options.policy,
      });
      try {
        const { episodes, seed, seconds, set = {} } = options;
        const recordings = await recordGaitAsync(scene, policy, { episodes, seed, seconds, parameters: set });
        const gait = analyseGait(recordings);
        const result = {
          scene: scene.name,
          policy: options.policy,
          episodes,
          seed,
          ...gait,
        };
        const folder = options.out ?? (options.json ? null : join("results", `gait-${parse(options.policy).name}`));
        if (folder !== null) {
          const title = `${scene.name}, ${parse(options.policy).name}`;
          const svg = gaitDiagram(
            title,
            recordings.reduce((a, b) => (b.steps > a.steps ? b : a)),
            gait,
          );
          mkdirSync(folder, { recursive: true });
          writeFileAtomically(join(folder, "gait.json"), `${JSON.stringify(result, null, 2)}\n`);
          writeFileAtomically(join(folder, "footfalls.svg"), svg);
          writeFileAtomically(join(folder, "footfalls.png"), await svgToPngAsync(svg));
        }
        if (options.json) {
          process.stdout.write(`${JSON.stringify(result)}\n`);
          return;
        }
        process.stdout.write(
          `${scene.name}, ${options.policy}: ${gait.strides} strides in ${gait.seconds.toFixed(0)} s\n`,
        );
        for (const [label, value] of figureRows(gait)) process.stdout.write(`  ${label.padEnd(28)}${value}\n`);
        process.stdout.write(`\nDiagram  ${join(folder!, "footfalls.svg")}, footfalls.png\n`);
      } finally {
        policy.dispose();
      }
    });
}
