import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { legwork } from "../support/commandLine.js";

it("compares trainers, and goes on where it was", { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "legwork-compare-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const compare = (trainers: string, ...more: string[]) =>
    legwork("compare", "--scene", "inverted-pendulum", "--trainers", trainers, "--results-dir", folder, ...more);
  const first = await compare("cem", "--seeds", "1", "--max-steps", "2000");
  expect(first.code).toBe(0);
  const result = join(folder, "compare-inverted-pendulum/cem-1/result.json");
  const before = statSync(result).mtimeMs;
  const second = await compare("cem,ppo", "--seeds", "1", "--max-steps", "2000");
  expect(second.code).toBe(0);
  expect(statSync(result).mtimeMs).toBe(before);
  expect(second.stdout).toMatch(/\| ppo \| 1 \|/);
  expect(second.stdout).toMatch(/\| cem \| 1 \|/);
  const csv = readFileSync(join(folder, "compare-inverted-pendulum/runs.csv"), "utf8");
  expect(csv.split("\n")).toHaveLength(4);
  for (const file of ["table.md", "curves.svg", "curves.png"]) {
    expect(existsSync(join(folder, "compare-inverted-pendulum", file))).toBe(true);
  }
});

it.each([
  [["--trainers", "ppo,magic"], /^--trainer is "magic", must be one of: ppo/],
  [["--trainers", "ppo,ppo"], /It names a trainer twice/],
  [["--trainers", "ppo", "--seeds", "1,x"], /They must be whole numbers from 0/],
])("refuses %j before anything is trained", async (options, sentence) => {
  const { code, stderr } = await legwork("compare", "--scene", "hopper", ...options);
  expect(code).toBe(2);
  expect(stderr.trim()).toMatch(sentence);
});
