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
const isClone = existsSync(fileURLToPath(source));
if (isClone) {
  const { ensureInstalled } = await import("./setup.js");
  ensureInstalled();
}
// Modules of users may be in TypeScript anyway.
await import(isClone ? "./typescript/register.js" : "../../dist/src/cli/typescript/register.js");
const { mainAsync } = await import(isClone ? source.href : "../../dist/src/cli/main.js");
process.exitCode = await mainAsync(process.argv);
