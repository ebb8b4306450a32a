import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { TAGS } from "../../src/train/log/metrics.js";
import { readMetrics } from "../../src/train/log/metricsFile.js";
import { legwork } from "../support/commandLine.js";

const SCENE = fileURLToPath(new URL("../support/scenes/bonus.ts", import.meta.url));
const LESSON = "Environment/Lesson Number/bonus";
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "legwork-"));
  writeFileSync(
    join(folder, "lessons.yaml"),
    `behaviors:
  Hopper:
    hyperparameters: {batch_size: 64, buffer_size: 256, num_epoch: 1}
    network_settings: {hidden_units: 8, num_layers: 1}
    summary_freq: 256
    legwork: {num_agents: 8, num_workers: 1, evaluation_episodes: 1}
environment_parameters:
  bonus:
    curriculum:
      - {name: poor, completion_criteria: {measure: progress, threshold: 0.3, min_lesson_length: 1}, value: 1}
      - {name: rich, value: 5}
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const train = (...args: string[]) =>
  legwork(
    "train",
    SCENE,
    "--config",
    join(folder, "lessons.yaml"),
    "--results-dir",
    folder,
    "--run-id",
    "run",
    ...args,
  );
const records = () => readMetrics(join(folder, "run", "metrics.jsonl"));

it("hands the lesson that has begun to the workers' environments, from their next episodes on, and resumes in it", async () => {
  const { code, stdout } = await train("--max-steps", "1536");
  expect(code).toBe(0);
  expect(stdout).toMatch(/After 512 steps, bonus: lesson "rich"\./);
  const seen = () =>
    records().map(({ step, values }) => [step, values[LESSON], values[TAGS.return]! / values[TAGS.episodeLength]!]);
  // After 256 of 1536 steps (0.17) still the first lesson, all of whose steps earn 1; after 512 (0.33) it is over.
  expect(seen().slice(0, 2)).toEqual([
    [256, 0, 1],
    [512, 1, 1],
  ]);
  // Episodes that are under way end as they began.
  const [, lesson, mixed] = seen()[2]!;
  expect([lesson, mixed! > 1, mixed! < 5]).toEqual([1, true, true]);
  expect(seen().slice(3)).toEqual([
    [1024, 1, 5],
    [1280, 1, 5],
    [1536, 1, 5],
  ]);
  expect((await train("--max-steps", "1792", "--resume")).code).toBe(0);
  expect(seen().at(-1)).toEqual([1792, 1, 5]);
  expect(readFileSync(join(folder, "run", "config.yaml"), "utf8")).toContain("name: rich");
}, 180_000);
