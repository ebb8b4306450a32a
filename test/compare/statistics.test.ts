import { describe, expect, it } from "vitest";
import { aggregate, interquartileMean } from "../../src/compare/statistics.js";

describe("interquartileMean", () => {
  it("is the mean of the middle half", () => {
    // −100, 1 | 2, 3, 4, 5 | 6, 100
    expect(interquartileMean([100, 1, 2, 3, 4, 5, 6, -100])).toBeCloseTo(3.5, 12);
    expect(interquartileMean([5])).toBe(5);
  });

  it("counts values on the border in part", () => {
    // Three values: a quarter of the first and last of them each, the middle one whole: (0.25·0 + 1·6 + 0.25·9) / 1.5
    expect(interquartileMean([9, 0, 6])).toBeCloseTo(5.5, 12);
  });
});

describe("aggregate", () => {
  it("says mean, interquartile mean, and how sure that is", () => {
    const { mean, iqm, interval } = aggregate([1, 2, 3, 4, 5, 6, 7, 8]);
    expect([mean, iqm]).toEqual([4.5, 4.5]);
    expect(interval[0]).toBeGreaterThan(1.5);
    expect(interval[0]).toBeLessThan(3.5);
    expect(interval[1]).toBeGreaterThan(5.5);
    expect(interval[1]).toBeLessThan(7.5);
  });

  it("is always the same, and certain where all runs are alike", () => {
    expect(aggregate([3, 1, 4])).toEqual(aggregate([3, 1, 4]));
    expect(aggregate([2, 2, 2]).interval).toEqual([2, 2]);
  });
});
