import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { recordGaitAsync } from "../../src/cli/gait/record.js";
import { findSceneAsync } from "../../src/cli/sceneRegistry.js";
import { OnnxPolicy } from "../../src/inference/index.js";
import { analyseGait, type Gait } from "../../src/task/gait/analysis.js";

const models = new URL("../../models/", import.meta.url);

/** Difference of the phases of two feet, as a share of the stride: 0 together, 0.5 in turns. */
function apart({ feet }: Gait, one: string, other: string): number {
  const phaseOf = (name: string) => feet.find((foot) => foot.name.startsWith(name))!.phase;
  const difference = Math.abs(phaseOf(one) - phaseOf(other)) % 1;
  return Math.min(difference, 1 - difference);
}

function expectTogether(gait: Gait, pairs: readonly (readonly [string, string])[]): void {
  for (const [one, other] of pairs) expect(apart(gait, one, other)).toBeLessThan(0.15);
}

/** What each gait has to be, by the name of its model. */
const GAITS: Readonly<Record<string, (gait: Gait) => void>> = {
  "walker-walk": (gait) => {
    expect(apart(gait, "left", "right")).toBeGreaterThan(0.4);
    expect(gait.dutyFactor).toBeGreaterThan(0.5);
    expect(gait.flightFraction).toBeLessThan(0.01);
    expect(gait.touchdownsPerSecond).toBeLessThanOrEqual(4);
    expect(gait.speed).toBeGreaterThan(1);
  },
  "walker-run": (gait) => {
    expect(apart(gait, "left", "right")).toBeGreaterThan(0.35);
    expect(gait.flightFraction).toBeGreaterThan(0.1);
  },
  "walker-hop": (gait) => {
    expect(apart(gait, "left", "right")).toBeLessThan(0.1);
    expect(gait.flightFraction).toBeGreaterThan(0.1);
  },
  "walker-march": (gait) => expect(apart(gait, "left", "right")).toBeGreaterThan(0.4),
  "walker-crouch": (gait) => expect(gait.heightRatio).toBeLessThan(0.85),
  "walker-limp": (gait) => expect(gait.dutyAsymmetry).toBeGreaterThan(0.15),
  "walker-backward": (gait) => expect(gait.forwardSpeed).toBeLessThan(-0.5),
  "walker-side-step": (gait) => expect(Math.abs(gait.sidewaysSpeed)).toBeGreaterThan(0.3),
  "ant-trot": (gait) => {
    expectTogether(gait, [
      ["front-left", "back-right"],
      ["front-right", "back-left"],
    ]);
    expect(apart(gait, "front-left", "front-right")).toBeGreaterThan(0.35);
  },
  "ant-bound": (gait) => {
    expectTogether(gait, [
      ["front-left", "front-right"],
      ["back-left", "back-right"],
    ]);
    expect(apart(gait, "front-left", "back-left")).toBeGreaterThan(0.15);
  },
  "crawler-trot": (gait) => {
    expectTogether(gait, [
      ["foreleg0", "foreleg2"],
      ["foreleg1", "foreleg3"],
    ]);
    expect(apart(gait, "foreleg0", "foreleg1")).toBeGreaterThan(0.35);
  },
  "crawler-bound": (gait) => {
    expectTogether(gait, [
      ["foreleg0", "foreleg1"],
      ["foreleg2", "foreleg3"],
    ]);
    expect(apart(gait, "foreleg0", "foreleg2")).toBeGreaterThan(0.35);
  },
};

it.each(Object.keys(GAITS))("%s moves as its name says", { timeout: 60_000 }, async (name) => {
  const policy = await OnnxPolicy.LoadAsync(new Uint8Array(readFileSync(new URL(`${name}.onnx`, models))));
  const { scene } = await findSceneAsync(policy.metadata!.scene);
  const recordings = await recordGaitAsync(scene, policy, { episodes: 4, seed: 7, seconds: 10 });
  policy.dispose();
  GAITS[name]!(analyseGait(recordings));
});

it("all gaits are looked at", () => {
  const gaits = readdirSync(models).flatMap((file) => {
    const [, name] = /^((?:walker|ant|crawler)-[a-z-]+)\.onnx$/.exec(file) ?? [];
    return name && name !== "walker-ml-agents" ? [name] : [];
  });
  expect(gaits.sort()).toEqual(Object.keys(GAITS).sort());
});
