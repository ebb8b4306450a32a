import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { legwork } from "../support/commandLine.js";

const CONFIG = `
behaviors:
  Hopper:
    trainer_type: sac
    hyperparameters: {batch_size: 32, buffer_init_steps: 64, learning_rate: 0.001, steps_per_update: 4}
    network_settings: {normalize: true, hidden_units: 16, num_layers: 2}
    max_steps: 512
    time_horizon: 4
    summary_freq: 128
    legwork: {num_workers: 2, num_agents: 4, activation: relu, initial_std: 0.3, evaluation_episodes: 4}
`;

it("trains, resumes and exports with SAC", { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "legwork-sac-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "sac.yaml"), CONFIG);
  const run = ["--config", join(folder, "sac.yaml"), "--results-dir", folder, "--run-id", "run", "--no-early-stop"];
  const first = await legwork("train", "hopper", ...run, "--json");
  expect(first.code).toBe(0);
  const metrics = () =>
    readFileSync(join(folder, "run/metrics.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  expect(metrics().map(({ step }) => step)).toEqual([128, 256, 384, 512]);
  expect(Object.keys(metrics().at(-1)!)).toEqual(
    expect.arrayContaining(["Losses/Policy Loss", "Losses/Value Loss", "Policy/Entropy", "Policy/Entropy Coeff"]),
  );
  const onward = await legwork("train", "hopper", ...run, "--resume", "--max-steps", "640", "--json");
  expect(onward.code).toBe(0);
  expect(metrics().at(-1)!.step).toBe(640);
  const { stdout } = await legwork("inspect", join(folder, "run/policy.onnx"));
  expect(stdout).toMatch(/Training\s+sac, seed \d+, 640 steps/);
});

it("says why it cannot", async () => {
  const folder = mkdtempSync(join(tmpdir(), "legwork-sac-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "sac.yaml"), CONFIG);
  const run = ["train", "hopper", "--config", join(folder, "sac.yaml"), "--results-dir", folder];
  const { code, stderr } = await legwork(...run, "--backend", "cpu");
  expect({ code, stderr: stderr.trim() }).toEqual({
    code: 2,
    stderr: "SAC learns on --backend wasm; cpu is not offered yet.",
  });
});
