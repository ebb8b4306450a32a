import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decodeCheckpoint } from "../../src/train/checkpoint.js";
import { readMetrics } from "../../src/train/log/metricsFile.js";
import { legwork } from "../support/commandLine.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "legwork-"));
  writeFileSync(
    join(folder, "small.yaml"),
    `behaviors:
  Hopper:
    hyperparameters: {batch_size: 64, buffer_size: 256, num_epoch: 2}
    network_settings: {hidden_units: 16, normalize: true}
    summary_freq: 512
    checkpoint_interval: 1024
    keep_checkpoints: 2
    legwork: {num_agents: 8, evaluation_episodes: 3}
`,
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const train = (runId: string, ...args: string[]) =>
  legwork(
    "train",
    "hopper",
    "--config",
    join(folder, "small.yaml"),
    "--results-dir",
    folder,
    "--run-id",
    runId,
    ...args,
  );

/** What must not depend on the clock. */
const numbers = (runId: string) =>
  readMetrics(join(folder, runId, "metrics.jsonl")).map(({ step, values }) => {
    const { "Performance/Steps per Second": _, ...rest } = values;
    return { step, ...rest };
  });

describe("legwork train", () => {
  it("writes a run that eval and inspect understand", async () => {
    const { code, stdout } = await train("first", "--max-steps", "3000");
    expect(code).toBe(0);
    expect(stdout).toMatch(/Finished after 3,072 steps/);
    expect(stdout).toContain(join(folder, "first", "policy.onnx"));
    const names = readdirSync(join(folder, "first"));
    expect(names).toEqual(
      expect.arrayContaining(["checkpoints", "config.yaml", "metrics.jsonl", "policy.onnx", "report.html", "run.json"]),
    );
    expect(names.some((name) => name.startsWith("events.out.tfevents."))).toBe(true);
    expect(names.filter((name) => name.endsWith(".tmp"))).toEqual([]);
    // The last two, each with its policy.
    expect(readdirSync(join(folder, "first", "checkpoints")).sort()).toEqual([
      "checkpoint-2048.safetensors",
      "checkpoint-3072.safetensors",
      "policy-2048.onnx",
      "policy-3072.onnx",
    ]);
    expect(readFileSync(join(folder, "first", "config.yaml"), "utf8")).toContain("hidden_units: 16");
    const inspected = JSON.parse((await legwork("inspect", join(folder, "first", "policy.onnx"), "--json")).stdout);
    expect(inspected.metadata).toMatchObject({
      scene: "hopper",
      behavior: "Hopper",
      trainer: "ppo",
      seed: 1,
      steps: 3072,
    });
    expect(inspected.observationSize).toBe(11);
    const args = ["eval", "hopper", "--policy", join(folder, "first", "policy.onnx"), "--episodes", "4", "--json"];
    const [once, again] = [await legwork(...args), await legwork(...args)];
    expect(once.stdout).toBe(again.stdout);
    expect(JSON.parse(once.stdout)).toMatchObject({ scene: "hopper", episodes: 4, seed: 7 });
  });

  it("with --json prints JSON lines and nothing else", async () => {
    const { stdout } = await train("json", "--max-steps", "1000", "--json");
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.at(0)).toHaveProperty("step");
    expect(lines.at(-1)).toMatchObject({ end: "finished", steps: 1024 });
  });

  it("--dry-run prints the resolved configuration and writes nothing", async () => {
    const { code, stdout } = await train("dry", "--dry-run", "--max-steps", "123");
    expect(code).toBe(0);
    expect(stdout).toContain("max_steps: 123");
    expect(existsSync(join(folder, "dry"))).toBe(false);
  });

  it("same seed, same metrics over 20,000 steps on wasm; another seed, others", async () => {
    await train("a", "--max-steps", "20000");
    await train("b", "--max-steps", "20000");
    await train("c", "--max-steps", "2000", "--seed", "2");
    expect(numbers("a").length).toBeGreaterThan(20);
    expect(numbers("b")).toEqual(numbers("a"));
    expect(numbers("c")[0]).not.toEqual(numbers("a")[0]);
  });

  it("--resume goes on where the run stopped, and --force begins anew", async () => {
    await train("again", "--max-steps", "2000");
    const steps = numbers("again").map(({ step }) => step);
    expect((await train("again", "--max-steps", "4000", "--resume")).code).toBe(0);
    const resumed = numbers("again").map(({ step }) => step);
    expect(resumed.slice(0, steps.length)).toEqual(steps);
    expect(resumed.at(-1)).toBe(4096);
    expect(resumed).toEqual([...resumed].sort((x, y) => x - y));
    const notes = JSON.parse(readFileSync(join(folder, "again", "run.json"), "utf8"));
    expect(notes).toMatchObject({ status: "finished", steps: 4096 });
    expect((await train("again", "--max-steps", "600", "--force")).code).toBe(0);
    expect(numbers("again").at(-1)?.step).toBe(768);
  });

  it("--initialize-from takes the weights of another run, and only these", async () => {
    await train("old", "--max-steps", "1000");
    await train("new", "--max-steps", "256", "--initialize-from", "old", "--seed", "5");
    const checkpoint = (run: string, steps: number) =>
      decodeCheckpoint(readFileSync(join(folder, run, "checkpoints", `checkpoint-${steps}.safetensors`)), run);
    const distance = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Math.hypot(...Array.from(a, (value, i) => value - b[i]!)) / Math.hypot(...Array.from(b));
    const old = checkpoint("old", 1024).tensors["actor.0.weight"]!.data;
    const { tensors, meta } = checkpoint("new", 256);
    expect(distance(tensors["actor.0.weight"]!.data, old)).toBeLessThan(0.05);
    expect(meta.steps).toBe(256);
  });
});
