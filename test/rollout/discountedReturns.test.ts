import { describe, expect, it } from "vitest";
import { DiscountedReturns, scaleRewards } from "../../src/rollout/discountedReturns.js";

const none = new Uint8Array(2);

describe("DiscountedReturns", () => {
  it("has the statistics of the discounted returns of all agents", () => {
    const returns = new DiscountedReturns(2, 0.5);
    returns.add(new Float32Array([1, 3]), none, none);
    returns.add(new Float32Array([1, 2]), none, none);
    // Returns 1 and 3, then ½·1 + 1 = 1.5 and ½·3 + 2 = 3.5: mean 2.25, Σ (R − 2.25)² = 4.25.
    const { count, mean, squares } = returns.drain();
    expect(count).toBe(4);
    expect(mean[0]).toBeCloseTo(2.25, 12);
    expect(squares[0]).toBeCloseTo(4.25, 12);
  });

  it("starts the return again after either kind of end, and counts the last one of the episode", () => {
    const returns = new DiscountedReturns(3, 0.5);
    const rewards = new Float32Array([4, 4, 4]);
    returns.add(rewards, new Uint8Array([1, 0, 0]), new Uint8Array([0, 1, 0]));
    returns.add(rewards, new Uint8Array(3), new Uint8Array(3));
    // 4 4 4, then 4 4 6
    expect(returns.drain().mean[0]).toBeCloseTo(26 / 6, 12);
  });

  it("gives each return out once, and goes on with the episodes that are under way", () => {
    const returns = new DiscountedReturns(2, 0.5);
    returns.add(new Float32Array([2, 4]), none, none);
    const first = returns.drain();
    expect([first.count, first.mean[0]]).toEqual([2, 3]);
    expect(returns.drain().count).toBe(0);
    returns.add(new Float32Array([0, 0]), none, none);
    const second = returns.drain();
    expect([second.count, second.mean[0]]).toEqual([2, 1.5]);
    expect(first.mean[0]).toBe(3);
  });
});

describe("scaleRewards", () => {
  it("divides by the deviation and clips to ±10, in place, without a shift", () => {
    const rewards = new Float32Array([0, 1, -3, 21, -1e4, 20]);
    scaleRewards(rewards, 2);
    expect([...rewards]).toEqual([0, 0.5, -1.5, 10, -10, 10]);
  });
});
