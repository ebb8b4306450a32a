#!/usr/bin/env node
// The command `legwork`. In a clone it installs what is missing and runs the TypeScript sources; in a published package
// it runs what was compiled.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

// Whoever reads the output may have seen enough, as `head` has.
process.stdout.on("error", (error) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

const source = new URL("./main.ts", import.meta.url);
if (existsSync(fileURLToPath(source))) {
  const { ensureInstalled } = await import("./setup.js");
  ensureInstalled();
  const { register } = await import("tsx/esm/api");
  register();
  const { mainAsync } = await import(source.href);
  process.exitCode = await mainAsync(process.argv);
} else {
  const { mainAsync } = await import("../../dist/src/cli/main.js");
  process.exitCode = await mainAsync(process.argv);
}
