import type { Command } from "commander";
import { OnnxPolicy } from "../../inference/onnxPolicy.js";
import { readInput } from "../options.js";

export function addInspectCommand(program: Command): void {
  program
    .command("inspect")
    .description("Describe an ONNX policy: sizes, and what Legwork wrote into it.")
    .argument("<file>", "an ONNX file")
    .option("--json", "print one JSON object")
    .action(async (file: string, options: { json?: boolean }) => {
      const bytes = readInput(file, "model");
      const policy = await OnnxPolicy.LoadAsync(new Uint8Array(bytes), { name: file });
      const { observationSize, actionSpec, metadata } = policy;
      policy.dispose();
      const description = { file, bytes: bytes.length, observationSize, actionSpec, metadata };
      if (options.json) {
        process.stdout.write(`${JSON.stringify(description)}\n`);
        return;
      }
      const line = (label: string, text: string) => process.stdout.write(`${label.padEnd(16)}${text}\n`);
      line("File", `${file}, ${(bytes.length / 1024).toFixed(1)} kB`);
      line("Observations", String(observationSize));
      line("Actions", `${actionSpec.continuous} continuous, ${actionSpec.discrete.length} discrete branches`);
      if (!metadata) {
        line("Metadata", "none: made by another tool");
        return;
      }
      for (const { name, size } of metadata.observations) line("", `${String(size).padStart(4)}  ${name}`);
      line("Scene", `${metadata.scene}, behaviour ${metadata.behavior}, body ${metadata.bodyHash || "none"}`);
      line("Action names", metadata.actions.join(", "));
      line("Clocks", `physics ${metadata.physicsDt.toFixed(5)} s, decisions ${metadata.controlDt.toFixed(5)} s`);
      line("Training", `${metadata.trainer}, seed ${metadata.seed}, ${metadata.steps.toLocaleString("en")} steps`);
      line("Score", metadata.score === null ? "unknown" : metadata.score.toFixed(1));
    });
}
