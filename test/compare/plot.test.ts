import { expect, it } from "vitest";
import { plotCurves } from "../../src/compare/plot.js";

const points = [
  { x: 0, mean: 1, low: 0, high: 2 },
  { x: 1000, mean: 10, low: 8, high: 12 },
];

it("draws a line and a band for each series, and names them", () => {
  const svg = plotCurves("hopper <2>", "return", [
    { title: "Steps", xLabel: "steps", series: [{ name: "ppo", points }] },
    { title: "Time", xLabel: "s", series: [{ name: "ppo", points: [] }] },
  ]);
  expect(svg).toContain("hopper &lt;2>");
  expect(svg.match(/stroke-width="2"/g)).toHaveLength(2);
  expect(svg.match(/>ppo</g)).toHaveLength(1);
  // Upwards: the second point of the mean lies higher.
  const [, from, to] = /d="M64,([\d.]+)L444,([\d.]+)" fill="none"/.exec(svg)!;
  expect(Number(to)).toBeLessThan(Number(from));
});

it("puts equal ratios equally far apart on a logarithmic axis, and takes a panel without points", () => {
  const over = (...xs: number[]) => xs.map((x) => ({ x, mean: x, low: x, high: x }));
  const panel = { title: "Time", xLabel: "s", logarithmic: true };
  const svg = plotCurves("hopper", "return", [{ ...panel, series: [{ name: "sac", points: over(1, 10, 100) }] }]);
  expect(svg).toMatch(/d="M64,[\d.]+L254,[\d.]+L444,[\d.]+" fill="none"/);
  expect(plotCurves("hopper", "return", [{ ...panel, series: [{ name: "sac", points: [] }] }])).not.toContain("NaN");
});

it("has room for every name", () => {
  const series = Array.from({ length: 16 }, (_, i) => ({ name: `trainer ${i}`, points }));
  const svg = plotCurves("hopper", "return", [{ title: "Steps", xLabel: "steps", series }]);
  const height = Number(/height="(\d+)" viewBox/.exec(svg)![1]);
  const rows = Array.from(svg.matchAll(/y="(\d+)">trainer/g), ([, y]) => Number(y) + 40);
  expect(rows).toHaveLength(16);
  expect(Math.max(...rows)).toBeLessThan(height);
});
