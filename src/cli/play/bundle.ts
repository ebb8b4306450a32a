import { fileURLToPath } from "node:url";
import { type BuildFailure, build } from "esbuild";
import { InputError } from "../../inputError.js";
import type { PlaySettings } from "./settings.js";

/**
 * The browser half of the play page with the scene inside, as one script.
 * @param sceneModule file whose default export is the scene
 * @throws InputError when the scene cannot run in a browser
 */
export async function bundlePageAsync(sceneModule: string, settings: PlaySettings): Promise<Uint8Array> {
  // Beside this file lies the page as TypeScript in the repository and as JavaScript in the package.
  const page = fileURLToPath(new URL(`./page${import.meta.url.slice(-3)}`, import.meta.url));
  const entry = [
    `import scene from ${JSON.stringify(sceneModule)};`,
    `import { startPage } from ${JSON.stringify(page)};`,
    `startPage(scene, ${JSON.stringify(settings)});`,
  ].join("\n");
  const result = await build({
    stdin: { contents: entry, resolveDir: process.cwd(), sourcefile: "play-entry.js" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    logLevel: "silent",
  }).catch((error: BuildFailure) => {
    const [first] = error.errors;
    const where = first?.location ? ` (${first.location.file}, line ${first.location.line})` : "";
    throw new InputError(`The scene cannot be shown in a browser: ${first?.text ?? error.message}${where}.`);
  });
  return result.outputFiles[0]!.contents;
}
