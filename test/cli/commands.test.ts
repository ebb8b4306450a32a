import { describe, expect, it } from "vitest";
import { legwork } from "../support/commandLine.js";

describe("the command line", () => {
  it("--help names every command, and each command documents itself", async () => {
    const { code, stdout } = await legwork("--help");
    expect(code).toBe(0);
    for (const command of ["train", "eval", "play", "check", "bench", "scenes", "inspect"]) {
      expect(stdout).toContain(`  ${command} `);
      const help = await legwork(command, "--help");
      expect(help.code).toBe(0);
      expect(help.stdout).toContain("Usage: legwork");
    }
    const train = (await legwork("train", "--help")).stdout;
    for (const flag of [
      "--config",
      "--seed",
      "--max-steps",
      "--run-id",
      "--results-dir",
      "--num-agents",
      "--backend",
      "--resume",
      "--force",
      "--initialize-from",
      "--no-early-stop",
      "--dry-run",
      "--trainer",
      "--json",
    ]) {
      expect(train).toContain(flag);
    } // prettier-ignore
  });

  it("scenes lists the Hopper", async () => {
    expect((await legwork("scenes")).stdout).toMatch(/^hopper\s+One leg/);
    const { scenes } = JSON.parse((await legwork("scenes", "--json")).stdout);
    expect(scenes[0]).toMatchObject({ name: "hopper", parts: 4, degreesOfFreedom: 3, episodeSeconds: 10 });
  });

  it("check passes for the Hopper, and fails with exit code 1 for a scene whose configuration is of another behaviour", async () => {
    const { code, stdout } = await legwork("check", "hopper", "--json");
    expect(code).toBe(0);
    const { passed, checks } = JSON.parse(stdout);
    expect(passed).toBe(true);
    expect(checks.map(({ name }: { name: string }) => name)).toEqual([
      "configuration",
      "sizes",
      "finite",
      "same seed, same rollout",
    ]);
    const bad = await legwork("check", new URL("../support/scenes/misnamed.ts", import.meta.url).pathname);
    expect(bad.code).toBe(1);
    expect(bad.stdout).toMatch(/FAIL {2}configuration: .*Grasshopper is missing/);
    expect(bad.stdout).toMatch(/ok {4}finite/);
  });
});
