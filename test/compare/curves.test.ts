import { expect, it } from "vitest";
import { interpolate, joinCurves } from "../../src/compare/curves.js";

it("a run is on the line between its records, and stays where it ends", () => {
  expect([0, 1, 1.5, 3, 9].map((x) => interpolate([1, 2, 4], [10, 20, 0], x))).toEqual([10, 10, 15, 10, 0]);
});

it("runs are joined from where all have begun to where the first ends", () => {
  const curves = [
    { steps: [0, 100], seconds: [0, 10], returns: [0, 10] },
    { steps: [50, 200], seconds: [0, 5], returns: [20, 50] },
  ];
  const bySteps = joinCurves(curves, "steps");
  expect(bySteps[0]).toEqual({ x: 50, mean: 12.5, low: 5, high: 20 });
  expect(bySteps.at(-1)).toEqual({ x: 100, mean: 20, low: 10, high: 30 });
  expect(joinCurves(curves, "seconds").at(-1)).toEqual({ x: 5, mean: 27.5, low: 5, high: 50 });
  expect(joinCurves([{ steps: [], seconds: [], returns: [] }], "steps")).toEqual([]);
});
