import { describe, expect, it } from "vitest";
import { computeGae, type GaeInput } from "../../src/rollout/gae.js";

/** Three steps of one agent; γ = λ = ½, so that γλ = ¼. Every number below is exact in binary. */
const plain: GaeInput = {
  agents: 1,
  rewards: new Float32Array([1, 2, 3]),
  values: new Float32Array([1, 1, 1]),
  nextValues: new Float32Array([1, 1, 2]),
  terminated: new Uint8Array(3),
  truncated: new Uint8Array(3),
  gamma: 0.5,
  lambda: 0.5,
  timeHorizon: Number.POSITIVE_INFINITY,
};

function gae(input: GaeInput): { advantages: number[]; returns: number[] } {
  const advantages = new Float32Array(input.rewards.length);
  const returns = new Float32Array(input.rewards.length);
  computeGae(input, advantages, returns);
  return { advantages: [...advantages], returns: [...returns] };
}

describe("computeGae", () => {
  it("sums discounted errors backwards and bootstraps from the end of the rollout", () => {
    // δ = (1 + ½·1 − 1, 2 + ½·1 − 1, 3 + ½·2 − 1) = (0.5, 1.5, 3)
    // A_2 = 3, A_1 = 1.5 + ¼·3 = 2.25, A_0 = 0.5 + ¼·2.25 = 1.0625
    expect(gae(plain)).toEqual({ advantages: [1.0625, 2.25, 3], returns: [2.0625, 3.25, 4] });
  });

  it("takes no value after a terminated step and nothing of the next episode", () => {
    const input = { ...plain, terminated: new Uint8Array([0, 1, 0]), nextValues: new Float32Array([1, 99, 2]) };
    // δ_1 = 2 − 1 = 1 = A_1, A_0 = 0.5 + ¼·1 = 0.75
    expect(gae(input)).toEqual({ advantages: [0.75, 1, 3], returns: [1.75, 2, 4] });
  });

  it("takes the value of the final observation after a truncated step, but nothing of the next episode", () => {
    const input = { ...plain, truncated: new Uint8Array([0, 1, 0]), nextValues: new Float32Array([1, 4, 2]) };
    // δ_1 = 2 + ½·4 − 1 = 3 = A_1, A_0 = 0.5 + ¼·3 = 1.25
    expect(gae(input)).toEqual({ advantages: [1.25, 3, 3], returns: [2.25, 4, 4] });
  });

  it("counts a step that is both as terminated", () => {
    const ends = new Uint8Array([0, 1, 0]);
    const both = { ...plain, terminated: ends, truncated: ends, nextValues: new Float32Array([1, 99, 2]) };
    expect(gae(both).advantages).toEqual([0.75, 1, 3]);
  });

  it("cuts the sum, not the bootstrap, at every time horizon", () => {
    // A_1 = δ_1 = 1.5, A_0 = 0.5 + ¼·1.5 = 0.875; step 2 begins a stretch of its own.
    expect(gae({ ...plain, timeHorizon: 2 }).advantages).toEqual([0.875, 1.5, 3]);
    expect(gae({ ...plain, timeHorizon: 1 }).advantages).toEqual([0.5, 1.5, 3]);
  });

  it("keeps the agents of a time-major batch apart", () => {
    const interleave = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Array.from({ length: 2 * a.length }, (_, i) => (i % 2 ? b : a)[i >> 1] as number);
    const other = {
      ...plain,
      rewards: new Float32Array([4, 0, 1]),
      values: new Float32Array([2, 2, 0]),
      nextValues: new Float32Array([2, 0, 2]),
      terminated: new Uint8Array([1, 0, 0]),
    };
    const together = gae({
      ...plain,
      agents: 2,
      rewards: new Float32Array(interleave(plain.rewards, other.rewards)),
      values: new Float32Array(interleave(plain.values, other.values)),
      nextValues: new Float32Array(interleave(plain.nextValues, other.nextValues)),
      terminated: new Uint8Array(interleave(plain.terminated, other.terminated)),
      truncated: new Uint8Array(6),
    });
    expect(together.advantages).toEqual(interleave(gae(plain).advantages, gae(other).advantages));
    expect(together.returns).toEqual(interleave(gae(plain).returns, gae(other).returns));
    // The other agent alone: A_2 = 1 + ½·2 − 0 = 2, A_1 = (0 + ½·0 − 2) + ¼·2 = −1.5, A_0 = 4 − 2 = 2
    expect(gae(other).advantages).toEqual([2, -1.5, 2]);
  });

  it("is the one-step advantage for λ = 0 and the discounted return less the value for λ = 1", () => {
    expect(gae({ ...plain, lambda: 0 }).advantages).toEqual([0.5, 1.5, 3]);
    // G_0 = 1 + ½·2 + ¼·3 + ⅛·2 = 3, G_1 = 2 + ½·3 + ¼·2 = 4, G_2 = 3 + ½·2 = 4
    expect(gae({ ...plain, lambda: 1 }).returns).toEqual([3, 4, 4]);
  });
});
