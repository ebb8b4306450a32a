import { describe, expect, it } from "vitest";
import { Random } from "../../src/random.js";
import { NStepReturns } from "../../src/rollout/nStepReturns.js";
import { createReplayBatch, ReplayBuffer } from "../../src/rollout/replayBuffer.js";

/** Goes through one agent's rewards; observations count the steps. @returns what is in the buffer, oldest first */
function transitions(
  n: number,
  rewards: readonly number[],
  ends: Readonly<Record<number, "terminated" | "truncated">>,
) {
  const buffer = new ReplayBuffer(100, 1, 1);
  const returns = new NStepReturns(1, n, 0.5, buffer);
  rewards.forEach((reward, t) => {
    returns.add({
      observations: Float32Array.of(t),
      actions: Float32Array.of(10 * t),
      rewards: Float32Array.of(reward),
      // Final observations are told apart by their halves.
      nextObservations: Float32Array.of(ends[t] ? t + 0.5 : t + 1),
      terminated: Uint8Array.of(ends[t] === "terminated" ? 1 : 0),
      truncated: Uint8Array.of(ends[t] === "truncated" ? 1 : 0),
    });
  });
  return contents(buffer);
}

/** All transitions of a small buffer, in the order of their observations. */
function contents(buffer: ReplayBuffer) {
  const batch = createReplayBatch(2000, 1, 1);
  buffer.sample(new Random(1), batch);
  const rows = Array.from(batch.rewards, (reward, i) => ({
    s: batch.observations[i]!,
    a: batch.actions[i]!,
    r: reward,
    next: batch.nextObservations[i]!,
    discount: batch.discounts[i]!,
  }));
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()].sort((x, y) => x.s - y.s);
}

describe("NStepReturns", () => {
  it("gives single steps for n = 1", () => {
    expect(transitions(1, [1, 2, 4], { 1: "terminated" })).toEqual([
      { s: 0, a: 0, r: 1, next: 1, discount: 0.5 },
      { s: 1, a: 10, r: 2, next: 1.5, discount: 0 },
      { s: 2, a: 20, r: 4, next: 3, discount: 0.5 },
    ]);
  });

  it("adds up n rewards, discounted, and waits until it has them", () => {
    // 1 + 2/2 + 4/4 = 3, 2 + 4/2 + 8/4 = 6
    expect(transitions(3, [1, 2, 4, 8], {})).toEqual([
      { s: 0, a: 0, r: 3, next: 3, discount: 0.125 },
      { s: 1, a: 10, r: 6, next: 4, discount: 0.125 },
    ]);
  });

  it("is shorter at the end of an episode: worth nothing after it if it ended by itself", () => {
    expect(transitions(3, [1, 2, 4, 8], { 1: "terminated" })).toEqual([
      { s: 0, a: 0, r: 2, next: 1.5, discount: 0 },
      { s: 1, a: 10, r: 2, next: 1.5, discount: 0 },
    ]);
  });

  it("is worth its final observation if it was cut, by as many steps as there were", () => {
    expect(transitions(2, [1, 2, 4], { 2: "truncated" })).toEqual([
      { s: 0, a: 0, r: 2, next: 2, discount: 0.25 },
      { s: 1, a: 10, r: 4, next: 2.5, discount: 0.25 },
      { s: 2, a: 20, r: 4, next: 2.5, discount: 0.5 },
    ]);
  });

  it("keeps agents apart", () => {
    const buffer = new ReplayBuffer(10, 1, 1);
    const returns = new NStepReturns(2, 2, 0.5, buffer);
    for (let t = 0; t < 2; t++) {
      returns.add({
        observations: Float32Array.of(t, 100 + t),
        actions: Float32Array.of(0, 1),
        rewards: Float32Array.of(1, 10),
        nextObservations: Float32Array.of(t + 1, 101 + t),
        terminated: Uint8Array.of(0, t),
        truncated: Uint8Array.of(0, 0),
      });
    }
    expect(contents(buffer)).toEqual([
      { s: 0, a: 0, r: 1.5, next: 2, discount: 0.25 },
      { s: 100, a: 1, r: 15, next: 102, discount: 0 },
      { s: 101, a: 1, r: 10, next: 102, discount: 0 },
    ]);
  });
});

describe("ReplayBuffer", () => {
  it("forgets the oldest when it is full", () => {
    const buffer = new ReplayBuffer(3, 1, 1);
    for (let i = 0; i < 5; i++) buffer.add(Float32Array.of(i), 0, Float32Array.of(0), 0, 0, Float32Array.of(0), 0, 0);
    expect(buffer.size).toBe(3);
    expect(contents(buffer).map(({ s }) => s)).toEqual([2, 3, 4]);
  });

  it("draws every transition as often as the others, the same for the same seed", () => {
    const buffer = new ReplayBuffer(8, 1, 1);
    for (let i = 0; i < 4; i++) buffer.add(Float32Array.of(i), 0, Float32Array.of(0), 0, 0, Float32Array.of(0), 0, 0);
    const draw = (seed: number) => {
      const batch = createReplayBatch(4000, 1, 1);
      buffer.sample(new Random(seed), batch);
      return batch.observations;
    };
    for (let i = 0; i < 4; i++) expect(draw(1).filter((s) => s === i).length / 1000).toBeCloseTo(1, 0);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});
