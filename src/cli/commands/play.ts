import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { integer, readInput } from "../options.js";
import { startPlayServerAsync } from "../play/server.js";
import { findSceneAsync } from "../sceneRegistry.js";

interface PlayOptions {
  readonly policy?: string;
  readonly agents: number;
  readonly seed: number;
  readonly port?: number;
}

export function addPlayCommand(program: Command): void {
  program
    .command("play")
    .description("Serve a page on this machine that shows the character driven by a model.")
    .argument("<scene>", "a scene's name, or the path of a scene module")
    .option("--policy <file>", "the ONNX file, default the model that comes with the scene")
    .option("--agents <n>", "characters side by side", integer(1), 5)
    .option("--seed <n>", "seed of the starts", integer(0), 1)
    .option("--port <n>", "port on the loopback interface, default any free one", integer(0))
    .action(async (sceneName: string, options: PlayOptions) => {
      const { scene, module } = await findSceneAsync(sceneName);
      const shipped = fileURLToPath(new URL(`../../../models/${scene.name}.onnx`, import.meta.url));
      const path = options.policy ?? (existsSync(shipped) ? shipped : undefined);
      const server = await startPlayServerAsync({
        sceneModule: module,
        sceneName: scene.name,
        policy: path === undefined ? null : new Uint8Array(readInput(path, "model")),
        agents: options.agents,
        seed: options.seed,
        ...(options.port !== undefined ? { port: options.port } : {}),
      });
      process.stdout.write(`${scene.name} is at ${server.url}\n`);
      if (path === undefined) process.stdout.write("It keeps still: there is no model yet; give one with --policy.\n");
      process.stdout.write("Ctrl-C ends.\n");
      await new Promise<void>((resolve) => {
        process.once("SIGINT", () => resolve());
        process.once("SIGTERM", () => resolve());
      });
      await server.close();
    });
}
