import type { Command } from "commander";
import { integer } from "../options.js";
import { findSceneAsync } from "../sceneRegistry.js";
import { startStudioServerAsync } from "../studio/server.js";

interface StudioOptions {
  readonly port?: number;
}

export function addStudioCommand(program: Command): void {
  program
    .command("studio")
    .description(
      "Serve the Studio on this machine: train characters in the browser and change their rewards meanwhile.",
    )
    .argument("[scene]", "the path of a scene module, or a scene's name; default the whole cast")
    .option("--port <n>", "port on the loopback interface, default any free one", integer(0))
    .action(async (sceneName: string | undefined, { port }: StudioOptions) => {
      const found = sceneName === undefined ? null : await findSceneAsync(sceneName);
      const server = await startStudioServerAsync({ own: found, ...(port !== undefined ? { port } : {}) });
      process.stdout.write(`The Studio is at ${server.url}\nCtrl-C ends.\n`);
      await new Promise<void>((resolve) => {
        process.once("SIGINT", () => resolve());
        process.once("SIGTERM", () => resolve());
      });
      await server.close();
    });
}
