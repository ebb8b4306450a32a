import type { Command } from "commander";
import { checkSceneAsync } from "../checkScene.js";
import { findSceneAsync } from "../sceneRegistry.js";

export function addCheckCommand(program: Command, exitCode: { value: number }): void {
  program
    .command("check")
    .description("Validate a scene: configuration, sizes, finite numbers, same seed same rollout.")
    .argument("<scene>", "a scene's name, or the path of a scene module")
    .option("--json", "print one JSON object")
    .action(async (sceneName: string, options: { json?: boolean }) => {
      const { scene } = await findSceneAsync(sceneName);
      const checks = await checkSceneAsync(scene);
      const passed = checks.every((check) => check.passed);
      if (options.json) process.stdout.write(`${JSON.stringify({ scene: scene.name, passed, checks })}\n`);
      else {
        for (const check of checks)
          process.stdout.write(`${check.passed ? "ok  " : "FAIL"}  ${check.name}: ${check.detail}\n`);
      }
      if (!passed) exitCode.value = 1;
    });
}
