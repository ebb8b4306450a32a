import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import hopper from "../../scenes/hopper/index.js";
import { resolveTrainerConfig } from "../../src/cli/trainerFile.js";
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

it("compares a trainer with variants of its settings", { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "legwork-compare-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const variant = join(folder, "wider.yaml");
  writeFileSync(variant, "behaviors:\n  InvertedPendulum:\n    network_settings: {hidden_units: 24}\n");
  const compare = (...options: string[]) =>
    legwork(
      "compare",
      "--scene",
      "inverted-pendulum",
      "--trainers",
      "ppo",
      "--seeds",
      "1",
      "--results-dir",
      folder,
      ...options,
    );
  const { code, stdout } = await compare("--variants", variant, "--max-steps", "2000");
  expect(code).toBe(0);
  expect(stdout).toMatch(/\| ppo \| 1 \|/);
  expect(stdout).toMatch(/\| ppo\+wider \| 1 \|/);
  const unitsOf = (run: string) =>
    readFileSync(join(folder, "compare-inverted-pendulum", run, "config.yaml"), "utf8").match(
      /hidden_units: (\d+)/,
    )?.[1];
  expect(unitsOf("ppo+wider-1")).toBe("24");
  expect(unitsOf("ppo-1")).not.toBe("24");

  writeFileSync(variant, "behaviors:\n  InvertedPendulum:\n    legwork: {num_agents: 0}\n");
  const bad = await compare("--variants", variant);
  expect(bad.code).toBe(2);
  expect(bad.stderr).toContain(`${variant}: behaviors.InvertedPendulum.legwork.num_agents is 0`);
});

it.each(readdirSync("test/learning/variants"))("knows what SAC's variant %s changes on the Hopper", (file) => {
  const plain = resolveTrainerConfig(hopper, { trainer: "sac" });
  const varied = resolveTrainerConfig(hopper, { trainer: "sac", variant: `test/learning/variants/${file}` });
  expect(varied).not.toEqual(plain);
  expect(varied.trainerType).toBe("sac");
});

it.each([
  [["--trainers", "ppo,magic"], /^--trainer is "magic", must be one of: ppo/],
  [["--trainers", "ppo,ppo"], /It names a trainer twice/],
  [["--trainers", "ppo", "--variants", "absent.yaml"], /absent\.yaml/],
  [["--trainers", "ppo", "--variants", "a/x.yaml,b/x.yaml"], /Two of the files have the same name/],
  [["--trainers", "ppo", "--seeds", "1,x"], /They must be whole numbers from 0/],
])("refuses %j before anything is trained", async (options, sentence) => {
  const { code, stderr } = await legwork("compare", "--scene", "hopper", ...options);
  expect(code).toBe(2);
  expect(stderr.trim()).toMatch(sentence);
});
