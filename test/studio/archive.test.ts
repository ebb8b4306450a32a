import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { packRun, readRun, unpackArchive, type WholeRun } from "../../src/studio/archive.js";
import type { SheetRow } from "../../src/studio/rewards/sheet.js";
import { encodeCheckpoint } from "../../src/train/checkpoint.js";
import { readMetrics } from "../../src/train/log/metricsFile.js";
import { RunFolder } from "../../src/train/runFolder.js";

const meta = { trainer: "ppo", steps: 2048, state: { activation: "tanh" } };
function row(name: string, changes: Partial<SheetRow>): SheetRow {
  const plain = { weight: 1, enabled: true, preset: 1, kind: "scene", summary: "", code: null, fault: null } as const;
  return { name, ...plain, options: null, js: null, jsBefore: null, ...changes };
}

const whole: WholeRun = {
  run: {
    id: "hopper-3",
    scene: "hopper",
    gait: null,
    trainer: "ppo",
    seed: 3,
    steps: 2048,
    maxSteps: 5000,
    status: "paused",
    return: 12,
    startedAt: 7,
    parent: null,
    configuration: "behaviors:\n  Hopper:\n    trainer_type: ppo\n    legwork:\n      rewards: {}\n",
    rewards: [
      row("forward", { weight: 3 }),
      row("alive", { enabled: false }),
      row("mine", { kind: "code", js: "() => 1" }),
    ],
    wallSeconds: 4.5,
  },
  records: [
    { step: 1024, wallSeconds: 2, values: { "Environment/Cumulative Reward": 5 } },
    { step: 2048, wallSeconds: 4, values: { "Environment/Cumulative Reward": 12 } },
  ],
  checkpoint: {
    bytes: encodeCheckpoint({ tensors: { x: { shape: [2], data: Float32Array.of(1, 2) } }, meta }),
    steps: 2048,
  },
  policy: Uint8Array.of(1, 2, 3),
};
const maxSteps = () => 5000;

function unzipInto(folder: string): void {
  for (const { path, bytes } of unpackArchive(packRun(whole), "x.zip")) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

describe("the archive of a run", () => {
  it("is a run's folder as the command line goes on with", () => {
    const results = mkdtempSync(join(tmpdir(), "legwork-archive-"));
    onTestFinished(() => rmSync(results, { recursive: true }));
    unzipInto(results);
    const folder = new RunFolder(join(results, "hopper-3"));
    folder.check("resume");
    expect(folder.latestCheckpoint()).toMatchObject({ meta, tensors: { x: { data: Float32Array.of(1, 2) } } });
    expect(folder.readNotes()).toMatchObject({ scene: "hopper", seed: 3, steps: 2048, status: "stopped" });
    expect(readMetrics(folder.metricsPath)).toEqual(whole.records);
    // With the weights as they have been moved; what was written in the Studio is in a file that is not run.
    expect(parse(readFileSync(folder.configPath, "utf8"))).toEqual({
      behaviors: { Hopper: { trainer_type: "ppo", legwork: { rewards: { forward: 3, alive: 0 } } } },
    });
    expect([...readFileSync(folder.policyPath)]).toEqual([1, 2, 3]);
  });

  it("comes back as it went", () => {
    const { run, records, checkpoint, policy, rewards } = readRun(unpackArchive(packRun(whole), "x.zip"), maxSteps);
    expect(run).toMatchObject({
      id: "hopper-3",
      scene: "hopper",
      seed: 3,
      steps: 2048,
      maxSteps: 5000,
      status: "stopped",
    });
    expect({ records, checkpoint, policy, rewards }).toEqual({
      records: whole.records,
      checkpoint: whole.checkpoint,
      policy: whole.policy,
      rewards: whole.run.rewards,
    });
  });

  it.each([
    [
      "x.txt is not a zip archive; give one that holds a run's folder.",
      () => unpackArchive(Uint8Array.of(1, 2), "x.txt"),
    ],
    ["This is not a run of Legwork: there is no run.json in it.", () => readRun([], maxSteps)],
    [
      "This is not a whole run of Legwork: there is no config.yaml in it.",
      () => readRun([{ path: "a/run.json", bytes: new TextEncoder().encode("{}") }], maxSteps),
    ],
    [
      "This is not a whole run of Legwork: its run.json cannot be read.",
      () => readRun([{ path: "a/run.json", bytes: new TextEncoder().encode("{") }], maxSteps),
    ],
  ])("says in one sentence: %s", (sentence, read) => {
    expect(read).toThrow(sentence);
  });
});
