import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { legwork } from "../support/commandLine.js";

const HOPPER = fileURLToPath(new URL("../../models/hopper.onnx", import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "legwork-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const gait = (...args: string[]) =>
  legwork("gait", "hopper", "--policy", HOPPER, "--episodes", "2", "--seconds", "4", ...args);

describe("legwork gait", () => {
  it("measures how the Hopper hops, the same each time", async () => {
    const { code, stdout } = await gait("--json");
    expect(code).toBe(0);
    const measured = JSON.parse(stdout);
    expect(measured).toMatchObject({ scene: "hopper", policy: HOPPER, episodes: 2, seed: 7 });
    expect(measured.feet.map(({ name }: { name: string }) => name)).toEqual(["foot"]);
    // Two episodes of 4 s, of which the first 2 s do not count.
    expect(measured.seconds).toBeGreaterThan(3);
    expect(measured.seconds).toBeLessThanOrEqual(4.02);
    // It is a hop: in the air whenever its only foot is not down, and faster than a metre per second.
    expect(measured.flightFraction).toBeCloseTo(1 - measured.dutyFactor, 6);
    expect(measured.strideFrequency).toBeGreaterThan(1);
    expect(measured.strideFrequency).toBeLessThan(6);
    expect(measured.forwardSpeed).toBeGreaterThan(1);
    expect(measured.strideLength * measured.strideFrequency).toBeCloseTo(measured.forwardSpeed, 0);
    expect(measured.costOfTransport).toBeGreaterThan(0);
    expect(Object.keys(measured.jointCurves)).toEqual(["thigh", "leg", "foot"]);
    expect((await gait("--json")).stdout).toBe(stdout);
  });

  it("writes figures and a picture where it is told to", async () => {
    const out = join(folder, "report");
    const { code, stdout } = await gait("--out", out);
    expect(code).toBe(0);
    expect(readdirSync(out).toSorted()).toEqual(["footfalls.png", "footfalls.svg", "gait.json"]);
    expect(JSON.parse(readFileSync(join(out, "gait.json"), "utf8"))).toMatchObject({ scene: "hopper" });
    expect(readFileSync(join(out, "footfalls.svg"), "utf8")).toMatch(/^<svg .*<\/svg>\n$/s);
    expect([...readFileSync(join(out, "footfalls.png")).subarray(1, 4)]).toEqual([...Buffer.from("PNG")]);
    expect(stdout).toMatch(/^hopper, .*: \d+ strides in \d s\n/);
    expect(stdout).toMatch(/Strides per second {2,}\d\.\d\d/);
    expect(stdout).toContain(join(out, "footfalls.svg"));
  });
});

describe("bad input", () => {
  /** Exit code 2, nothing on stdout, one line on stderr, which matches. */
  async function expectRefused(args: string[], message: RegExp): Promise<void> {
    const { code, stdout, stderr } = await legwork(...args);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect([stdout, code]).toEqual(["", 2]);
  }

  it.each([
    [["gait", "hopper"], /required option '--policy <file>'/],
    [["gait", "hoper", "--policy", HOPPER], /There is no scene "hoper"/],
    [["gait", "acrobot", "--policy", HOPPER], /Scene "acrobot" has no feet, so it has no gait/],
    [["gait", "hopper", "--policy", "none.onnx"], /Cannot read the model none\.onnx/],
    [["gait", "hopper", "--policy", HOPPER, "--seconds", "0"], /--seconds.*above 0/],
    [["gait", "hopper", "--policy", HOPPER, "--set", "wind=3"], /Environment parameter "wind" is unknown/],
    [["gait", "walker2d", "--policy", HOPPER, "--episodes", "1"], /hopper/i],
    [
      ["train", "walker", "--gait", "moonwalk"],
      /Scene "walker" has no gait "moonwalk"; its gaits are .*, or give the path/,
    ],
    [["train", "hopper", "--gait", "moonwalk"], /Scene "hopper" has no gait "moonwalk"; it has none, or give the path/],
    [["train", "hopper", "--gait", "none.yaml"], /Cannot read the gait none\.yaml/],
  ] as [string[], RegExp][])("legwork %j", expectRefused);

  it("a gait whose file is wrong is named, and nothing is written", async () => {
    const path = join(folder, "wrong.yaml");
    writeFileSync(path, "behaviors: {Hopper: {max_steps: 0}}");
    const results = join(folder, "results");
    await expectRefused(
      ["train", "hopper", "--gait", path, "--results-dir", results],
      /wrong\.yaml: behaviors\.Hopper\.max_steps is 0, must be an integer of at least 1/,
    );
    expect(existsSync(results)).toBe(false);
  });
});
