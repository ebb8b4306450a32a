import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildFailure, build, type Plugin } from "esbuild";
import { InputError } from "../../inputError.js";

const ENTRIES = ["page", "trainingWorker", "rolloutWorker", "trialWorker", "stageWorker"];

/**
 * The Studio's scripts by file name: the page, its four kinds of workers, and what they share.
 * @param sceneModule file whose default export is the only scene; null: the whole cast
 * @throws InputError when the scene cannot run in a browser
 */
export async function bundleStudioAsync(sceneModule: string | null): Promise<ReadonlyMap<string, Uint8Array>> {
  // Beside this file lies the page as TypeScript in the repository and as JavaScript in the package.
  const extension = import.meta.url.slice(-3);
  const folder = fileURLToPath(new URL("../../studio/page/", import.meta.url));
  const fileOf = (entry: string) => `${folder}${entry}${entry === "page" && extension === ".ts" ? ".tsx" : extension}`;
  const result = await build({
    entryPoints: Object.fromEntries(ENTRIES.map((entry) => [entry, fileOf(entry)])),
    plugins: sceneModule === null ? [] : [onlyScene(sceneModule)],
    bundle: true,
    splitting: true,
    write: false,
    outdir: "scripts",
    format: "esm",
    platform: "browser",
    target: "es2022",
    jsx: "automatic",
    minify: true,
    // What only Node has, behind checks for it.
    external: ["webgpu", "node:*"],
    logLevel: "silent",
  }).catch((error: BuildFailure) => {
    const [first] = error.errors;
    const where = first?.location ? ` (${first.location.file}, line ${first.location.line})` : "";
    throw new InputError(`The Studio cannot be built: ${first?.text ?? error.message}${where}.`);
  });
  return new Map(result.outputFiles.map(({ path, contents }) => [basename(path), contents]));
}

/** Puts a scene of the user's own in the place of the cast. */
function onlyScene(module: string): Plugin {
  return {
    name: "only-scene",
    setup: ({ onLoad }) => {
      onLoad({ filter: /[\\/]studio[\\/]page[\\/]cast\.[jt]s$/ }, () => ({
        contents: `import scene from ${JSON.stringify(module)};\nexport const cast = { [scene.name]: async () => scene };`,
        resolveDir: process.cwd(),
      }));
    },
  };
}
