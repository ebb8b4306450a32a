import { describe, expect, it } from "vitest";
import { orthogonal } from "../../src/nn/initialize.js";
import { Random } from "../../src/random.js";

describe("orthogonal", () => {
  it.each([
    [5, 5],
    [3, 8],
    [8, 3],
    [64, 1],
    [1, 1],
  ])("gives a %i×%i matrix whose shorter side is orthogonal with the gain as length", (rows, columns) => {
    const gain = 1.5;
    const weights = orthogonal(new Random(1), rows, columns, gain);
    expect(weights.length).toBe(rows * columns);
    const byRow = rows <= columns;
    const count = Math.min(rows, columns);
    const element = (vector: number, i: number) =>
      weights[byRow ? vector * columns + i : i * columns + vector] as number;
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < count; b++) {
        let dot = 0;
        for (let i = 0; i < Math.max(rows, columns); i++) dot += element(a, i) * element(b, i);
        expect(dot).toBeCloseTo(a === b ? gain * gain : 0, 5);
      }
    }
  });

  it("prefers no direction: the mean of each entry is 0, its mean square 1/n", () => {
    const random = new Random(2);
    const n = 3;
    const sums = new Float64Array(n * n);
    const squares = new Float64Array(n * n);
    const draws = 6000;
    for (let draw = 0; draw < draws; draw++) {
      orthogonal(random, n, n, 1).forEach((value, i) => {
        sums[i] = (sums[i] as number) + value / draws;
        squares[i] = (squares[i] as number) + (value * value) / draws;
      });
    }
    // Standard errors 0.0075 and 0.004.
    for (const mean of sums) expect(Math.abs(mean)).toBeLessThan(0.04);
    for (const square of squares) expect(Math.abs(square - 1 / n)).toBeLessThan(0.02);
  });

  it("gives the same weights for the same seed", () => {
    expect(orthogonal(new Random(3), 4, 6, 1)).toEqual(orthogonal(new Random(3), 4, 6, 1));
    expect(orthogonal(new Random(3), 4, 6, 1)).not.toEqual(orthogonal(new Random(4), 4, 6, 1));
  });
});
