import { describe, expect, it, vi } from "vitest";
import type { RewardRow } from "../../../src/studio/client.js";
import { pathInRun } from "../../../src/studio/panel/cast/readRunFiles.js";
import { membersAt } from "../../../src/studio/panel/editor/completeTerm.js";
import { panelStyles } from "../../../src/studio/panel/panelStyles.js";
import { termCharts } from "../../../src/studio/panel/plots/charts.js";
import { shownRuns, toggleRun } from "../../../src/studio/panel/plots/comparison.js";
import { bandShape } from "../../../src/studio/panel/records/bandShape.js";
import { decimate } from "../../../src/studio/panel/records/decimate.js";
import { RunTable } from "../../../src/studio/panel/records/runTable.js";
import { rewardChange } from "../../../src/studio/panel/rewards/rewardChange.js";
import { searchLibrary } from "../../../src/studio/panel/rewards/searchLibrary.js";
import { parseWeight, referenceWeight, toPosition, toWeight } from "../../../src/studio/panel/rewards/weightScale.js";
import { footfallBars } from "../../../src/studio/panel/stage/footfallBars.js";
import { throttle } from "../../../src/studio/throttle.js";
import type { MetricRecord } from "../../../src/train/log/metrics.js";

describe("slider of a weight", () => {
  it("has the preset in its middle, zero at one end, five times as much at the other", () => {
    expect(toPosition(2.5, 2.5)).toBeCloseTo(0.5);
    expect(toWeight(0.5, 2.5)).toBe(2.5);
    expect(toWeight(0, 2.5)).toBe(0);
    expect(toWeight(1, 2.5)).toBe(12.5);
    expect(toPosition(7.5, 2.5)).toBeLessThan(0.85);
    expect(toPosition(1000, 2.5)).toBe(1);
  });

  it("comes back to the weight it shows", () => {
    for (const weight of [-0.003, -0.01, -0.02]) expect(toWeight(toPosition(weight, -0.01), -0.01)).toBe(weight);
  });

  it("keeps the sign of the weight", () => {
    expect(referenceWeight(-4, 2, 2)).toBe(-2);
    expect(referenceWeight(0, -2, 1)).toBe(-2);
    expect(referenceWeight(3, null, 0.8)).toBe(0.8);
    expect(referenceWeight(0, 0, 0)).toBe(1);
    expect(toWeight(0.7, -2)).toBeLessThan(-2);
  });

  it("leaves any other number to the field", () => {
    expect(parseWeight(" −1e3 ")).toBe(-1000);
    expect(parseWeight("0,5")).toBe(0.5);
    for (const text of ["", "abc", "Infinity", "NaN"]) expect(parseWeight(text)).toBeNull();
  });
});

describe("what is different from the preset", () => {
  const row = { name: "effort", weight: 4, enabled: true, preset: 2.5 } as RewardRow;
  it.each([
    ["nothing", { weight: 2.5 }, null],
    ["the weight", {}, "2.5 → 4"],
    ["a negative weight", { weight: -4 }, "2.5 → −4"],
    ["a term that is off", { enabled: false }, "off"],
    ["a term that is new", { preset: null }, "added"],
  ])("says: %s", (_, change, text) => {
    expect(rewardChange({ ...row, ...change })).toBe(text);
  });
});

describe("completion", () => {
  const complete = (before: string, code = "(state) => 0") => Object.keys(membersAt(before, code)?.members ?? {});

  it("knows the state and what is in it", () => {
    expect(complete("state.")).toContain("previousAction");
    expect(complete("  let x = state.body.pos")).toContain("positions");
    expect(complete("state.feet.")).toContain("airSeconds");
    expect(complete("state.command.")).toContain("cadence");
    expect(complete("state.parameters.")).toContain("getWithDefault");
  });

  it("replaces what has been typed of the name", () => {
    expect(membersAt("a + state.bo", "(state) => 0")?.from).toBe("a + state.".length);
  });

  it("goes by what the term calls them", () => {
    expect(complete("s.", "(s) => s.")).toContain("body");
    expect(complete("feet.", "({ feet, body }) => feet.")).toContain("landed");
    expect(complete("s.", "// A comment, with (words).\n/* Two. */\n(s) => s.")).toContain("pace");
    expect(complete("state.", "(s) => 0")).toEqual([]);
    expect(complete("feet.", "(state) => 0")).toEqual([]);
  });

  it("offers nothing that moves the character, and nothing of other things", () => {
    expect(complete("state.body.")).not.toContain("applyImpulse");
    expect(complete("state.body.world.")).toEqual([]);
    expect(complete("Math.")).toEqual([]);
    expect(complete("sta")).toEqual([]);
  });
});

describe("decimation", () => {
  const xs = Float64Array.from({ length: 5000 }, (_, i) => i * 10);
  const ys = Float64Array.from({ length: 5000 }, (_, i) => (i === 1234 ? 100 : Math.sin(i / 50)));

  it("keeps a spike among at most 600 points in order", () => {
    const points = decimate(xs, ys, 600);
    expect(points.xs.length).toBeLessThanOrEqual(600);
    expect(points.xs.length).toBeGreaterThan(200);
    expect(points.ys).toContain(100);
    expect(points.xs).toEqual([...points.xs].sort((a, b) => a - b));
  });

  it("leaves few points as they are, without those that have no value", () => {
    expect(decimate(Float64Array.of(1, 2, 3), Float64Array.of(5, Number.NaN, 6), 600)).toEqual({
      xs: [1, 3],
      ys: [5, 6],
    });
  });

  it("does not change its old points while the curve grows within a bucket's length", () => {
    const before = decimate(xs.subarray(0, 4000), ys.subarray(0, 4000), 600);
    const after = decimate(xs.subarray(0, 4100), ys.subarray(0, 4100), 600);
    expect(after.xs.slice(0, before.xs.length - 2)).toEqual(before.xs.slice(0, -2));
  });

  it("shows every record of a small range, and one beyond either end", () => {
    expect(decimate(xs, ys, 600, 100, 130).xs).toEqual([90, 100, 110, 120, 130]);
    expect(decimate(xs, ys, 600, 101, 129).xs).toEqual([100, 110, 120, 130]);
  });
});

describe("table of a run", () => {
  const record = (step: number, values: Record<string, number>): MetricRecord => ({ step, wallSeconds: step, values });

  it("grows with the records and has NaN where there is no value", () => {
    const records = [record(1, { a: 5 })];
    const table = new RunTable(() => records);
    expect([...table.tag("a")]).toEqual([5]);
    records.push(record(2, {}));
    expect([...table.steps]).toEqual([1, 2]);
    expect([...table.tag("a")]).toEqual([5, Number.NaN]);
    expect(table.newest("a")).toBe(5);
    expect(table.newest("b")).toBeNull();
  });

  it("begins anew when the records are others", () => {
    let records = [record(1, { a: 1 }), record(2, { a: 2 }), record(3, { a: 3 })];
    const table = new RunTable(() => records);
    expect([...table.tag("a")]).toEqual([1, 2, 3]);
    records = [records[0]!, record(2, { a: 20 })];
    expect([...table.tag("a")]).toEqual([1, 20]);
    records = [...records, record(3, { a: 30 })];
    expect([...table.tag("a")]).toEqual([1, 20, 30]);
  });
});

describe("runs in the plots", () => {
  it("keep their colours while others come and go", () => {
    const two = toggleRun(toggleRun([], "b"), "c");
    const one = toggleRun(two, "b");
    const existing = new Set(["a", "b", "c", "d"]);
    expect(shownRuns("a", two, existing)).toEqual([
      { id: "b", colour: 1 },
      { id: "c", colour: 2 },
      { id: "a", colour: 0 },
    ]);
    expect(shownRuns("a", one, existing)).toEqual([
      { id: "c", colour: 2 },
      { id: "a", colour: 0 },
    ]);
    expect(toggleRun(one, "d")).toEqual(["d", "c"]);
    expect(shownRuns("c", two, new Set(["c"]))).toEqual([{ id: "c", colour: 0 }]);
  });

  it("have a chart per term, of the reward first", () => {
    const charts = termCharts(["upright", "airTime"], ["Reward/airTime", "Reward/gone", "Policy/Entropy"]);
    expect(charts.map(({ title }) => title)).toEqual(["upright", "air time", "gone"]);
  });
});

it("throttle calls at once, then rarely, and never loses the last call", () => {
  vi.useFakeTimers();
  const calls: number[] = [];
  const send = throttle(100, (value: number) => calls.push(value));
  for (let i = 0; i <= 10; i++) {
    send(i);
    vi.advanceTimersByTime(25);
  }
  expect(calls).toEqual([0, 3, 7]);
  send.flush();
  expect(calls).toEqual([0, 3, 7, 10]);
  vi.advanceTimersByTime(1000);
  expect(calls).toEqual([0, 3, 7, 10]);
  vi.useRealTimers();
});

it("bars of footfalls end now while the foot is down, and begin at the edge", () => {
  expect(
    footfallBars(
      [
        [1, 6, 9.5],
        [2, 3],
      ],
      10,
      5,
    ),
  ).toEqual([
    { foot: 0, from: 5, to: 4 },
    { foot: 0, from: 0.5, to: 0 },
  ]);
});

it("a band lies between zero and its values", () => {
  expect(bandShape([], 10, 100, 20)).toEqual({ area: "", line: "", zero: 18.5 });
  expect(bandShape([1, 1], 2, 100, 20)).toEqual({
    line: "M0 1.5L100 1.5",
    area: "M0 1.5L100 1.5L100 18.5L0 18.5Z",
    zero: 18.5,
  });
  expect(bandShape([-1], 2, 100, 20).zero).toBe(1.5);
});

it("the library is searched by name first, then by meaning", () => {
  const library = [
    { name: "flight", summary: "1 while no foot is on the ground." },
    { name: "footSlip", summary: "Speed of feet on the ground." },
  ];
  expect(searchLibrary(library, "foot").map(({ name }) => name)).toEqual(["footSlip", "flight"]);
  expect(searchLibrary(library, "ground SPEED").map(({ name }) => name)).toEqual(["footSlip"]);
  expect(searchLibrary(library, "")).toHaveLength(2);
});

it("paths of a chosen folder are those in the run", () => {
  expect(pathInRun("my-run/checkpoints/a.bin")).toBe("checkpoints/a.bin");
  expect(pathInRun("run.zip")).toBe("run.zip");
});

it("all styles are nested in the panel's root", () => {
  let depth = 0;
  const outside = [...panelStyles].filter((character) => {
    if (character === "}") depth--;
    const out = depth === 0 && character !== "}";
    if (character === "{") depth++;
    return out;
  });
  expect(outside.join("").trim()).toBe(".legwork-studio {");
  expect(depth).toBe(0);
});
