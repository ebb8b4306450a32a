import { describe, expect, it } from "vitest";
import { ReturnNormalizer } from "../../src/nn/returnNormalizer.js";
import { Random } from "../../src/random.js";

const none = new Uint8Array(2);

describe("ReturnNormalizer", () => {
  it("divides by the deviation of the discounted returns seen so far", () => {
    const normalizer = new ReturnNormalizer(2, 0.5, 10);
    const out = new Float32Array(2);
    // Returns 1 and 3: deviation 1.
    normalizer.normalizeInto(new Float32Array([1, 3]), none, none, out);
    expect(out[0]).toBeCloseTo(1, 6);
    expect(out[1]).toBeCloseTo(3, 6);
    // Returns ½·1 + 1 = 1.5 and ½·3 + 2 = 3.5; of (1, 3, 1.5, 3.5) the mean is 2.25, the variance 4.25 / 4.
    normalizer.normalizeInto(new Float32Array([1, 2]), none, none, out);
    expect(out[0]).toBeCloseTo(1 / Math.sqrt(1.0625), 6);
    expect(out[1]).toBeCloseTo(2 / Math.sqrt(1.0625), 6);
  });

  it("starts the return again after either kind of end", () => {
    const normalizer = new ReturnNormalizer(3, 0.5);
    const rewards = new Float32Array([4, 4, 4]);
    const out = new Float32Array(3);
    normalizer.normalizeInto(rewards, new Uint8Array([1, 0, 0]), new Uint8Array([0, 1, 0]), out);
    normalizer.normalizeInto(rewards, new Uint8Array(3), new Uint8Array(3), out);
    expect([...normalizer.state().returns]).toEqual([4, 4, 6]);
  });

  it("clips, and works in place", () => {
    const normalizer = new ReturnNormalizer(2, 0.99, 10);
    const random = new Random(1);
    const rewards = new Float32Array(2);
    for (let i = 0; i < 100; i++) {
      for (let j = 0; j < 2; j++) rewards[j] = random.normal();
      normalizer.normalizeInto(rewards, none, none, rewards);
    }
    rewards.set([1e4, -1e4]);
    normalizer.normalizeInto(rewards, new Uint8Array([1, 1]), none, rewards);
    expect(Math.abs(rewards[0] as number)).toBeLessThanOrEqual(10);
    expect(Math.abs(rewards[1] as number)).toBeLessThanOrEqual(10);
    expect(rewards[0]).toBe(10);
    expect(rewards[1]).toBe(-10);
  });

  it("goes on from a saved state", () => {
    const [a, b] = [new ReturnNormalizer(2, 0.9), new ReturnNormalizer(2, 0.9)];
    const [outA, outB] = [new Float32Array(2), new Float32Array(2)];
    a.normalizeInto(new Float32Array([1, 5]), none, none, outA);
    b.restore(a.state());
    a.normalizeInto(new Float32Array([2, 2]), none, none, outA);
    b.normalizeInto(new Float32Array([2, 2]), none, none, outB);
    expect(outB).toEqual(outA);
    expect(b.state()).toEqual(a.state());
  });
});
