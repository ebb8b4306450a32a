import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import hopper from "../../scenes/hopper/index.js";
import type { ArticulatedBody } from "../../src/body/articulatedBody.js";
import { type BenchLine, compareAsync, median } from "../../src/cli/bench/compare.js";
import { benchInference } from "../../src/cli/bench/inference.js";
import { benchLearner } from "../../src/cli/bench/learner.js";
import { MotionReplay } from "../../src/cli/bench/motionReplay.js";
import { benchPhysicsAsync } from "../../src/cli/bench/physics.js";
import { PyTorch } from "../../src/cli/bench/pytorch.js";
import { benchRolloutAsync } from "../../src/cli/bench/rollout.js";
import { benchSacLearner } from "../../src/cli/bench/sacLearner.js";
import { SceneRollout } from "../../src/cli/bench/sceneRollout.js";
import { mainAsync } from "../../src/cli/main.js";
import type { TaskAgent } from "../../src/task/taskAgent.js";
import { havok, snapshot } from "../support/headlessWorld.js";
import { loadPpoConfig } from "../support/ppoConfig.js";

const config = loadPpoConfig(readFileSync(hopper.config, "utf8"), "config.yaml", "Hopper");
const short = { warmUp: 1, blocks: 2 };
const tiny = { scene: hopper, config, agents: 3, steps: 4, ...short };

/** A line of that name and unit, with positive figures whose ratio it gives. */
function expectLine({ name, figure, reference, ratio, unit, ...rest }: BenchLine, expected: [string, string]): void {
  expect([name, unit]).toEqual(expected);
  expect(rest).toEqual({});
  for (const number of [figure, reference, ratio]) expect(number).toBeGreaterThan(0);
  expect(Number.isFinite(figure)).toBe(true);
  expect(ratio).toBe(figure / reference!);
}

async function collect(lines: AsyncIterable<BenchLine>): Promise<BenchLine[]> {
  const all: BenchLine[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

describe("compareAsync", () => {
  it("measures by turns, leaves the warm-up out and compares the medians", async () => {
    const order: string[] = [];
    const ours = [100, 3, 1, 2];
    const theirs = [100, 8, 4, 4];
    const take = (who: string, figures: number[]) => () => {
      order.push(who);
      return figures.shift()!;
    };
    const plan = { warmUp: 1, blocks: 3 };
    const line = await compareAsync("x", "ms", plan, take("A", ours), take("B", theirs));
    expect(line).toEqual({ name: "x", figure: 2, reference: 4, ratio: 0.5, unit: "ms" });
    expect(order.join("")).toBe("ABABABAB");
  });

  it("gives no ratio where there is nothing to compare with", async () => {
    const line = await compareAsync(
      "x",
      "ms",
      short,
      () => 5,
      () => null,
    );
    expect(line).toEqual({ name: "x", figure: 5, reference: null, ratio: null, unit: "ms" });
  });

  it("takes the mean of the middle two as the median of an even number", () => {
    expect(median([9, 1, 2, 4])).toBe(3);
  });
});

describe("MotionReplay", () => {
  it("repeats the rollout to the last bit, episodes that ended included", async () => {
    const bench = { ...tiny, agents: 5, steps: 60 };
    const rollout = await SceneRollout.createAsync(bench, havok);
    const [read, bare] = [new MotionReplay(bench, havok), new MotionReplay(bench, havok)];
    const bodiesOf = (agents: readonly { readonly body: ArticulatedBody }[]) =>
      agents.map(({ body }) => {
        body.world.state.refresh();
        body.readState();
        // Where the engine alone is stepped, nobody reads its contacts.
        body.contacts.fill(0);
        body.contactForces.fill(0);
        return snapshot(body);
      });
    for (let block = 0; block < 2; block++) {
      rollout.collect();
      expect(read.replay(rollout.buffer, read.stepAndRead)).toBeGreaterThan(0);
      expect(bare.replay(rollout.buffer, bare.stepEngine)).toBeGreaterThan(0);
    }
    expect(rollout.buffer.terminated).toContain(1);
    const expected = bodiesOf(rollout.env.academy.agentsOf("Hopper") as readonly TaskAgent[]);
    expect(bodiesOf(read.agents)).toEqual(expected);
    expect(bodiesOf(bare.agents)).toEqual(expected);
    for (const each of [rollout, read, bare]) each.dispose();
  });
});

describe("bench lines", () => {
  it("rollout", async () => {
    expectLine(await benchRolloutAsync(tiny), ["raw-hopper", "agent steps/s"]);
  });

  it("physics", async () => {
    expectLine(await benchPhysicsAsync(tiny), ["world-step-hopper", "agent steps/s"]);
  });

  it("inference", async () => {
    const lines = await collect(benchInference({ scene: hopper, config, batches: [1, 3], iterations: 2, ...short }));
    expect(lines).toHaveLength(2);
    expectLine(lines[0]!, ["onnx-hopper-b1", "µs"]);
    expectLine(lines[1]!, ["onnx-hopper-b3", "µs"]);
  });
});

describe("bench learner", () => {
  const learner = {
    sizes: [{ hidden: [8, 8], batch: 5, observations: 7, actions: 2 }],
    blockMilliseconds: 1,
    ...short,
  };

  it.each([
    ["ppo", benchLearner],
    ["sac", benchSacLearner],
  ] as const)("gives its own figure alone where there is no PyTorch: %s", async (trainer, bench) => {
    const [line] = await collect(bench({ ...learner, reference: null }));
    expect(line).toMatchObject({ name: `${trainer}-8x8-b5`, reference: null, ratio: null, unit: "ms" });
    expect(line!.figure).toBeGreaterThan(0);
  });

  it.for([
    ["ppo", benchLearner],
    ["sac", benchSacLearner],
  ] as const)("compares with PyTorch where there is one: %s", async ([trainer, bench], { skip }) => {
    const pythons = ["python3", "/usr/bin/python3"];
    const hasTorch = pythons.some((python) => spawnSync(python, ["-c", "import torch"]).status === 0);
    if (!hasTorch) return skip("no Python here has PyTorch");
    const reference = (await PyTorch.startAsync(trainer))!;
    onTestFinished(() => reference.dispose());
    const [line] = await collect(bench({ ...learner, reference }));
    expectLine(line!, [`${trainer}-8x8-b5`, "ms"]);
  });
});

describe("legwork bench", () => {
  it("--json prints JSON lines and nothing else", async () => {
    const out: string[] = [];
    const spy = vi.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0);
    const code = await mainAsync(["node", "legwork", "bench", "inference", "--json"]).finally(() => spy.mockRestore());
    expect(code).toBe(0);
    const lines = out
      .join("")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as BenchLine);
    expect(lines.map(({ name }) => name)).toEqual(["onnx-hopper-b1", "onnx-hopper-b64"]);
    expectLine(lines[0]!, ["onnx-hopper-b1", "µs"]);
  });

  it("says in the first line of help what the ratio means", async () => {
    const out: string[] = [];
    const spy = vi.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0);
    await mainAsync(["node", "legwork", "bench", "--help"]).finally(() => spy.mockRestore());
    expect(out.join("").split("\n")[0]).toMatch(/^ratio = figure \/ reference: .*larger is better.*smaller is better/);
  });
});
