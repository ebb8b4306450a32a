import { describe, expect, it } from "vitest";
import { Random } from "../src/random.js";

/** Mean of `f(x)` over `count` draws. */
function average(count: number, draw: () => number, f: (x: number) => number = (x) => x): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += f(draw());
  return sum / count;
}

describe("Random", () => {
  it("gives the numbers of xoshiro128**", () => {
    const random = new Random(0);
    random.setState({ words: [1, 2, 3, 4], spareNormal: null });
    const numbers = Array.from({ length: 6 }, () => random.nextUint32());
    // rotl(2 · 5, 7) · 9 = 11520; then b = 0, so 0; the rest from the authors' C code.
    expect(numbers).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492]);
  });

  it("gives the same numbers for the same seed and others for another", () => {
    const numbers = (seed: number) => {
      const random = new Random(seed);
      return Array.from({ length: 20 }, () => random.normal());
    };
    expect(numbers(7)).toEqual(numbers(7));
    expect(numbers(7)).not.toEqual(numbers(8));
    expect(numbers(0)).not.toEqual(numbers(1));
  });

  it("draws uniform numbers within the bounds", () => {
    const random = new Random(1);
    for (let i = 0; i < 1000; i++) {
      const x = random.uniform(-2, 3);
      expect(x).toBeGreaterThanOrEqual(-2);
      expect(x).toBeLessThan(3);
    }
    // Mean 0.5 and variance 1/12; the standard error of the mean is 0.0009.
    const draw = () => random.uniform();
    expect(average(100_000, draw)).toBeCloseTo(0.5, 2);
    expect(average(100_000, draw, (x) => (x - 0.5) ** 2)).toBeCloseTo(1 / 12, 2);
  });

  it("draws normal numbers: moments 0, 1, 0, 3 and 4.55 % beyond two deviations", () => {
    const random = new Random(2);
    const draw = () => random.normal();
    expect(Math.abs(average(200_000, draw))).toBeLessThan(0.01);
    expect(Math.abs(average(200_000, draw, (x) => x ** 2) - 1)).toBeLessThan(0.02);
    expect(Math.abs(average(200_000, draw, (x) => x ** 3))).toBeLessThan(0.05);
    expect(Math.abs(average(200_000, draw, (x) => x ** 4) - 3)).toBeLessThan(0.15);
    expect(Math.abs(average(200_000, draw, (x) => (Math.abs(x) > 2 ? 1 : 0)) - 0.0455)).toBeLessThan(0.003);
  });

  it("draws integers evenly", () => {
    const random = new Random(3);
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < 60_000; i++) {
      const value = random.integer(6);
      counts[value] = (counts[value] as number) + 1;
    }
    expect(counts.reduce((a, b) => a + b)).toBe(60_000);
    // The standard deviation of each count is 91.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(450);
  });

  it("shuffles the first entries only, every order equally often", () => {
    const random = new Random(4);
    const seen = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      const values = new Int32Array([1, 2, 3, 4, 5]);
      random.shuffle(values, 3);
      expect([...values.slice(3)]).toEqual([4, 5]);
      const key = values.slice(0, 3).join("");
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    expect([...seen.keys()].sort()).toEqual(["123", "132", "213", "231", "312", "321"]);
    // The standard deviation of each count is 41.
    for (const count of seen.values()) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  it("splits off generators that do not follow the parent's later use", () => {
    const parent = new Random(5);
    const child = parent.split();
    const sibling = new Random(5);
    const twin = sibling.split();
    for (let i = 0; i < 10; i++) sibling.nextUint32();
    const childNumbers = Array.from({ length: 5 }, () => child.nextUint32());
    expect(Array.from({ length: 5 }, () => twin.nextUint32())).toEqual(childNumbers);
    expect(Array.from({ length: 5 }, () => parent.nextUint32())).not.toEqual(childNumbers);
  });

  it("continues from a saved state, in the middle of a pair of normal numbers too", () => {
    const random = new Random(6);
    random.normal();
    const state = structuredClone(random.getState());
    expect(state.spareNormal).not.toBeNull();
    const expected = Array.from({ length: 5 }, () => random.normal());
    const other = new Random(99);
    other.setState(state);
    expect(Array.from({ length: 5 }, () => other.normal())).toEqual(expected);
  });
});
