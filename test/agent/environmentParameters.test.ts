import { describe, expect, it } from "vitest";
import {
  draw,
  EnvironmentParameters,
  type ParameterSource,
  type Sampler,
} from "../../src/agent/environmentParameters.js";
import { Random } from "../../src/random.js";

const DRAWS = 20_000;

function draws(source: ParameterSource, seed = 1): number[] {
  const random = new Random(seed);
  return Array.from({ length: DRAWS }, () => draw(source, random));
}

/** Mean and standard deviation. */
function moments(values: readonly number[]): [mean: number, std: number] {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return [mean, Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length)];
}

describe("draw", () => {
  it("gives a constant as it is, and asks no generator for it", () => {
    const random = new Random(1);
    const before = random.getState();
    expect(draw(-2.5, random)).toBe(-2.5);
    expect(random.getState()).toEqual(before);
  });

  it("draws uniformly: all inside, mean in the middle, standard deviation of its length / √12", () => {
    const values = draws({ kind: "uniform", min: -1, max: 5 });
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-1);
    expect(Math.min(...values)).toBeLessThan(-0.99);
    expect(Math.max(...values)).toBeLessThan(5);
    expect(Math.max(...values)).toBeGreaterThan(4.99);
    // The mean of n draws is off by σ/√n = 1.73 / 141 = 0.012; four of those.
    const [mean, std] = moments(values);
    expect(Math.abs(mean - 2)).toBeLessThan(0.05);
    expect(std).toBeCloseTo(6 / Math.sqrt(12), 1);
  });

  it("draws normally: two thirds within one standard deviation of the mean", () => {
    const values = draws({ kind: "gaussian", mean: 3, std: 0.5 });
    const [mean, std] = moments(values);
    // σ/√n = 0.0035 and σ/√(2n) = 0.0025.
    expect(Math.abs(mean - 3)).toBeLessThan(0.015);
    expect(Math.abs(std - 0.5)).toBeLessThan(0.01);
    const within = values.filter((x) => Math.abs(x - 3) < 0.5).length / DRAWS;
    expect(Math.abs(within - 0.6827)).toBeLessThan(0.015);
  });

  it("draws from each of several intervals as often as it is long", () => {
    const source: Sampler = {
      kind: "multirange",
      intervals: [
        [-3, -2],
        [0, 0.5],
        [10, 12.5],
      ],
    };
    const values = draws(source);
    const counts = source.intervals.map(([low, high]) => values.filter((x) => x >= low && x <= high));
    // Lengths 1, 0.5 and 2.5 of 4 together; √(p(1 − p)/n) is 0.0034 at most.
    for (const [i, share] of [0.25, 0.125, 0.625].entries()) {
      expect(Math.abs(counts[i]!.length / DRAWS - share)).toBeLessThan(0.015);
    }
    expect(counts.reduce((sum, { length }) => sum + length, 0)).toBe(DRAWS);
    // Uniform inside of the longest: mean 11.25, σ = 2.5/√12 = 0.72.
    const [mean, std] = moments(counts[2]!);
    expect(Math.abs(mean - 11.25)).toBeLessThan(0.03);
    expect(Math.abs(std - 0.7217)).toBeLessThan(0.02);
  });

  it("draws the same for the same seed", () => {
    const sampler: Sampler = { kind: "gaussian", mean: 0, std: 1 };
    expect(draws(sampler, 7)).toEqual(draws(sampler, 7));
    expect(draws(sampler, 7)).not.toEqual(draws(sampler, 8));
  });
});

describe("EnvironmentParameters", () => {
  it("gives the fallback for what nobody has set, even where the value is 0", () => {
    const parameters = new EnvironmentParameters({ wind: 0 });
    expect(parameters.getWithDefault("wind", 5)).toBe(0);
    expect(parameters.getWithDefault("rain", 5)).toBe(5);
    expect(parameters.keys()).toEqual(["wind"]);
  });

  it("is in the middle of what can be drawn until something is drawn", () => {
    const parameters = new EnvironmentParameters({
      speed: { kind: "uniform", min: 1, max: 2 },
      push: { kind: "gaussian", mean: -4, std: 3 },
      turn: {
        kind: "multirange",
        intervals: [
          [-2, -1],
          [1, 4],
        ],
      },
    });
    const values = ["speed", "push", "turn"].map((name) => parameters.getWithDefault(name, 99));
    expect(values).toEqual([1.5, -4, 1]);
  });

  it("takes sources over from others and draws every value anew each time", () => {
    const random = new Random(3);
    const academy = new EnvironmentParameters({ wind: 7, speed: { kind: "uniform", min: 1, max: 2 } });
    const own = new EnvironmentParameters({ gravity: 3 });
    const seen = Array.from({ length: 100 }, () => {
      own.drawFrom(academy, random);
      return own.getWithDefault("speed", 0);
    });
    expect(new Set(seen).size).toBe(100);
    expect([Math.min(...seen) >= 1, Math.max(...seen) < 2]).toEqual([true, true]);
    expect(own.getWithDefault("wind", 0)).toBe(7);
    // What it had beside those stays, and the others are left as they were.
    expect(own.getWithDefault("gravity", 0)).toBe(3);
    expect(academy.getWithDefault("speed", 0)).toBe(1.5);
    academy.set("wind", -1);
    expect(own.getWithDefault("wind", 0)).toBe(7);
    own.drawFrom(academy, random);
    expect(own.getWithDefault("wind", 0)).toBe(-1);
  });

  it("redraws one value and leaves the others", () => {
    const random = new Random(4);
    const range: Sampler = { kind: "uniform", min: 0, max: 1 };
    const parameters = new EnvironmentParameters({ a: range, b: range });
    parameters.drawFrom(parameters, random);
    const [a, b] = [parameters.getWithDefault("a", -1), parameters.getWithDefault("b", -1)];
    parameters.redraw("a", random);
    expect(parameters.getWithDefault("a", -1)).not.toBe(a);
    expect(parameters.getWithDefault("b", -1)).toBe(b);
    parameters.redraw("unknown", random);
    expect(parameters.keys()).toEqual(["a", "b"]);
  });
});
