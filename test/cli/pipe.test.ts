import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const bin = fileURLToPath(new URL("../../src/cli/bin.js", import.meta.url));

it("whoever reads the output may stop reading", async () => {
  const child = spawn(process.execPath, [bin, "scenes"], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += text;
  });
  const [code] = await once(child, "close");
  expect(errors).toBe("");
  expect(code).toBe(0);
});
