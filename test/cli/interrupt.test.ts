import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";

const bin = fileURLToPath(new URL("../../src/cli/bin.js", import.meta.url));

it("Ctrl-C finishes the update, saves, exports, and says how to resume", { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "legwork-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const config = join(folder, "small.yaml");
  writeFileSync(
    config,
    "behaviors:\n  Hopper:\n    hyperparameters: {batch_size: 64, buffer_size: 256}\n    summary_freq: 256\n    max_steps: 100000000\n    legwork: {num_agents: 8, evaluation_episodes: 2}\n",
  );
  const run = spawn(process.execPath, [
    bin,
    "train",
    "hopper",
    "--config",
    config,
    "--results-dir",
    folder,
    "--run-id",
    "run",
  ]);
  let output = "";
  run.stdout.on("data", (chunk) => {
    output += chunk;
    if (output.includes("steps/s") && !output.includes("Finishing")) run.kill("SIGINT");
  });
  const code = await new Promise((resolve) => run.on("close", resolve));
  expect(code).toBe(130);
  expect(output).toContain("Finishing this update and saving");
  expect(output).toMatch(/Stopped after [\d,]+ steps/);
  expect(output).toContain(`Resume   npx legwork train hopper --run-id run --results-dir ${folder} --resume`);
  expect(readdirSync(join(folder, "run", "checkpoints")).length).toBeGreaterThan(0);
  expect(readdirSync(join(folder, "run"))).toContain("policy.onnx");
  expect(JSON.parse(readFileSync(join(folder, "run", "run.json"), "utf8")).status).toBe("stopped");
});
