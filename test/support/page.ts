import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";

/** A page that is nothing but the script at `/page.js`. */
export const SCRIPT_PAGE = { type: "text/html", body: '<script type="module" src="/page.js"></script>' };

/** How scripts are bundled for the pages of tests. */
export const FOR_PAGES = {
  bundle: true,
  write: false,
  format: "esm",
  platform: "browser",
  target: "es2022",
  logLevel: "silent",
} as const satisfies BuildOptions;

/** A script for a page of the text of a module, which imports as a file in the project's root would. */
export async function bundleAsync(contents: string, options: BuildOptions = {}): Promise<Uint8Array> {
  const resolveDir = fileURLToPath(new URL("../..", import.meta.url));
  const stdin = { contents, resolveDir, sourcefile: "entry.ts", loader: "ts" } as const;
  const { outputFiles } = await build({ ...FOR_PAGES, stdin, ...options, write: false });
  return outputFiles[0]!.contents;
}
