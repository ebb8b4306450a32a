import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { legwork } from "../support/commandLine.js";

it("a run in which a worker dies says so and is solved all the same", async () => {
  const folder = mkdtempSync(join(tmpdir(), "legwork-lost-"));
  try {
    vi.stubEnv("MORTAL_MARKER", join(folder, "marker"));
    const scene = join(import.meta.dirname, "../support/scenes/mortalHopper.ts");
    const run = ["train", scene, "--num-workers", "2", "--results-dir", join(folder, "results"), "--json"];
    const { code, stdout, stderr } = await legwork(...run);
    expect(stderr).toMatch(/Worker [12] of 2 was lost \(it left with code 3\); its fragment is dropped/);
    expect(code).toBe(0);
    const { end, evaluation } = JSON.parse(stdout.trim().split("\n").at(-1)!);
    expect(end).toBe("solved");
    expect(evaluation.survivedFraction).toBeGreaterThanOrEqual(0.95);
    expect(evaluation.forwardSpeed.mean).toBeGreaterThanOrEqual(1.5);
  } finally {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  }
}, 900_000);
