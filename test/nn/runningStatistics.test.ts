import { describe, expect, it } from "vitest";
import { RunningStatistics } from "../../src/nn/runningStatistics.js";
import { Random } from "../../src/random.js";

describe("RunningStatistics", () => {
  it("counts rows in any number of batches", () => {
    const statistics = new RunningStatistics(2, 0);
    // Columns (1, 3, 5, 7) and (0, 0, 6, 6): means 4 and 3, variances (9 + 1 + 1 + 9) / 4 = 5 and 9.
    statistics.update(new Float32Array([1, 0]), 1);
    statistics.update(new Float32Array([3, 0, 5, 6, 7, 6, 100, 100]), 3);
    expect([...statistics.mean]).toEqual([4, 3]);
    expect(statistics.std(0)).toBeCloseTo(Math.sqrt(5), 12);
    expect(statistics.std(1)).toBeCloseTo(3, 12);
  });

  it("merges to what one would have counted alone", () => {
    const [left, right] = [new RunningStatistics(1, 0), new RunningStatistics(1, 0)];
    left.update(new Float32Array([1, 3]), 2); // mean 2, squares 2
    right.update(new Float32Array([5, 7, 9]), 3); // mean 7, squares 8
    left.merge(right.state());
    // n = 5, δ = 5: mean 2 + 5·3/5 = 5, squares 2 + 8 + 25·2·3/5 = 40
    expect(left.state()).toEqual({ count: 5, mean: new Float64Array([5]), squares: new Float64Array([40]) });
    expect(left.std(0)).toBeCloseTo(Math.sqrt(8), 12);
  });

  it("merges with an empty one without change", () => {
    const statistics = new RunningStatistics(1);
    statistics.merge(new RunningStatistics(1).state());
    expect(statistics.std(0)).toBe(1);
    statistics.update(new Float32Array([2, 4]), 2);
    const before = statistics.state();
    statistics.merge(new RunningStatistics(1).state());
    statistics.update(new Float32Array(0), 0);
    expect(statistics.state()).toEqual(before);
    const empty = new RunningStatistics(1);
    empty.merge(before);
    expect(empty.state()).toEqual(before);
  });

  it("keeps its precision far from 0, over many batches", () => {
    const statistics = new RunningStatistics(1);
    const random = new Random(1);
    const rows = new Float64Array(100);
    for (let batch = 0; batch < 200; batch++) {
      for (let i = 0; i < rows.length; i++) rows[i] = 1e6 + 0.5 * random.normal();
      statistics.update(rows, rows.length);
    }
    expect(Math.abs((statistics.mean[0] as number) - 1e6)).toBeLessThan(0.02);
    expect(Math.abs(statistics.std(0) - 0.5)).toBeLessThan(0.01);
  });

  it("leaves rows alone, but for the clip, before it saw any", () => {
    const statistics = new RunningStatistics(2);
    const out = new Float32Array(2);
    statistics.normalizeInto(new Float32Array([0.5, -30]), 1, out, 10);
    expect([...out]).toEqual([0.5, -10]);
  });

  it("normalises as the frozen copy does, bit by bit, and owns its numbers", () => {
    const random = new Random(2);
    const rows = Float32Array.from({ length: 300 }, () => 3 + 2 * random.normal());
    const statistics = new RunningStatistics(3);
    statistics.update(rows, 100);
    const { mean, std, clip } = statistics.freeze(1);
    const out = new Float32Array(300);
    statistics.normalizeInto(rows, 100, out, 1);
    const expected = rows.map((x, i) => {
      const z = (x - (mean[i % 3] as number)) / (std[i % 3] as number);
      return Math.min(clip, Math.max(-clip, z));
    });
    expect(out).toEqual(expected);
    expect(out.filter((z) => Math.abs(z) === 1).length).toBeGreaterThan(30);

    mean.fill(0);
    std.fill(1);
    statistics.normalizeInto(rows, 100, out, 1);
    expect(out).toEqual(expected);
  });

  it("normalises by the newest numbers", () => {
    const statistics = new RunningStatistics(1, 0);
    const out = new Float32Array(1);
    statistics.update(new Float32Array([0, 2]), 2);
    statistics.normalizeInto(new Float32Array([5]), 1, out, 10);
    expect(out[0]).toBe(4); // (5 − 1) / 1
    statistics.update(new Float32Array([1, 5]), 2);
    statistics.normalizeInto(new Float32Array([5]), 1, out, 10);
    expect(out[0]).toBeCloseTo(3 / Math.sqrt(3.5), 6); // of (0, 2, 1, 5): mean 2, variance 14 / 4
  });

  it("does not divide by zero for an element that never changes", () => {
    const statistics = new RunningStatistics(1);
    statistics.update(new Float32Array([7, 7, 7]), 3);
    const out = new Float32Array(2);
    statistics.normalizeInto(new Float32Array([7, 8]), 2, out, 10);
    expect([...out]).toEqual([0, 10]);
  });

  it("goes on from a saved state", () => {
    const statistics = new RunningStatistics(2);
    statistics.update(new Float32Array([1, 2, 3, 4]), 2);
    const saved = statistics.state();
    const other = new RunningStatistics(2);
    other.restore(saved);
    for (const one of [statistics, other]) one.update(new Float32Array([9, 9]), 1);
    expect(other.state()).toEqual(statistics.state());
    expect(saved.count).toBe(2);
    expect([...saved.mean]).toEqual([2, 3]);
  });
});
