import { describe, expect, it } from "vitest";
import { Random } from "../../../src/random.js";
import { RolloutBuffer } from "../../../src/rollout/rolloutBuffer.js";
import { Minibatches, type MinibatchRows } from "../../../src/train/ppo/minibatches.js";

const STEPS = 5;
const AGENTS = 3;
const ROWS = STEPS * AGENTS;

/** Fifteen transitions; every number tells the transition and the place that it belongs to. */
function minibatches(batchSize: number): Minibatches {
  const buffer = new RolloutBuffer(STEPS, AGENTS, 2, 1, 3);
  const number = (array: Float32Array, width: number, plus: number) => {
    for (let i = 0; i < array.length; i++) array[i] = Math.floor(i / width) + plus + (i % width) / 8;
  };
  number(buffer.observations, 2, 100);
  number(buffer.actions, 1, 200);
  number(buffer.masks, 3, 300);
  number(buffer.logProbabilities, 1, 400);
  const index = Float32Array.from({ length: ROWS }, (_, i) => i);
  return new Minibatches(
    buffer,
    index,
    index.map((i) => i + 500),
    batchSize,
  );
}

/** What the batch must hold, given which transitions are in it. */
function rowsOf(advantages: Float32Array) {
  const each = (...offsets: number[]) =>
    Float32Array.from([...advantages].flatMap((i) => offsets.map((offset) => i + offset)));
  return {
    size: advantages.length,
    observations: each(100, 100.125),
    actions: each(200),
    masks: each(300, 300.125, 300.25),
    logProbabilities: each(400),
    advantages,
    returns: each(500),
  };
}

const epoch = (batches: Minibatches, random: Random): MinibatchRows[] => [...batches.shuffled(random)];
const order = (batches: MinibatchRows[]): number[] => batches.flatMap(({ advantages }) => [...advantages]);

describe("Minibatches", () => {
  it.each([
    { batchSize: 4, sizes: [3, 4, 4, 4] },
    { batchSize: 5, sizes: [5, 5, 5] },
    { batchSize: 7, sizes: [7, 8] },
    { batchSize: 15, sizes: [15] },
    { batchSize: 100, sizes: [15] },
    { batchSize: 1, sizes: new Array<number>(ROWS).fill(1) },
  ])("cuts 15 transitions into batches of about $batchSize", ({ batchSize, sizes }) => {
    expect(epoch(minibatches(batchSize), new Random(1)).map(({ size }) => size)).toEqual(sizes);
  });

  it("gives every transition once in each epoch, in another order each time", () => {
    const batches = minibatches(4);
    const random = new Random(1);
    const all = Array.from({ length: ROWS }, (_, i) => i);
    const orders = [1, 2, 3].map(() => order(epoch(batches, random)));
    for (const one of orders) expect(one.toSorted((a, b) => a - b)).toEqual(all);
    expect(new Set([all, ...orders].map(String)).size).toBe(4);
  });

  it("keeps the parts of a transition together", () => {
    for (const batch of epoch(minibatches(4), new Random(1))) expect(batch).toEqual(rowsOf(batch.advantages));
  });

  it("gives copies, so that a batch may be normalised in place", () => {
    const batches = minibatches(15);
    const random = new Random(1);
    for (const batch of batches.shuffled(random)) batch.advantages.fill(-1);
    expect(order(epoch(batches, random)).toSorted((a, b) => a - b)[0]).toBe(0);
  });

  it("depends on the random numbers only", () => {
    expect(order(epoch(minibatches(4), new Random(7)))).toEqual(order(epoch(minibatches(4), new Random(7))));
    expect(order(epoch(minibatches(4), new Random(7)))).not.toEqual(order(epoch(minibatches(4), new Random(8))));
  });
});
