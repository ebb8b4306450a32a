import type { Command } from "commander";
import { scenes } from "../../../scenes/index.js";
import { controlDt } from "../../agent/characterAgent.js";
import { degreesOfFreedom } from "../../body/spec.js";
import { gaitNames } from "../gaitFile.js";

export function addScenesCommand(program: Command): void {
  program
    .command("scenes")
    .description("List the scenes that can be trained and played.")
    .option("--json", "print one JSON object")
    .action(async (options: { json?: boolean }) => {
      const list = await Promise.all(
        Object.values(scenes).map(async (entry) => {
          const scene = await entry.loadAsync();
          const { name, summary, character, task } = scene;
          return {
            name,
            summary,
            parts: character.body.parts.length,
            degreesOfFreedom: degreesOfFreedom(character.body),
            controlDt: controlDt(character),
            episodeSeconds: task.episodeSeconds,
            rewards: task.weights,
            gaits: gaitNames(scene),
          };
        }),
      );
      if (options.json) {
        process.stdout.write(`${JSON.stringify({ scenes: list })}\n`);
        return;
      }
      for (const { name, summary, parts, degreesOfFreedom: joints, gaits } of list) {
        const more = gaits.length > 0 ? `; gaits: ${gaits.join(", ")}` : "";
        process.stdout.write(
          `${name.padEnd(28)}${summary}\n${" ".repeat(28)}${parts} parts, ${joints} joint values${more}\n`,
        );
      }
    });
}
