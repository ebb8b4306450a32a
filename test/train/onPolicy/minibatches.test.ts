import { describe, expect, it } from "vitest";
import { Random } from "../../../src/random.js";
import { Minibatches } from "../../../src/train/onPolicy/minibatches.js";

const ROWS = 15;

const epoch = (batches: Minibatches, random: Random): number[][] =>
  Array.from(batches.shuffled(random), (rows) => [...rows]);

describe("Minibatches", () => {
  it.each([
    { batchSize: 4, sizes: [3, 4, 4, 4] },
    { batchSize: 5, sizes: [5, 5, 5] },
    { batchSize: 7, sizes: [7, 8] },
    { batchSize: 15, sizes: [15] },
    { batchSize: 100, sizes: [15] },
    { batchSize: 1, sizes: new Array<number>(ROWS).fill(1) },
  ])("cuts 15 rows into batches of about $batchSize", ({ batchSize, sizes }) => {
    const batches = new Minibatches(ROWS, batchSize);
    expect(batches.count).toBe(sizes.length);
    expect(epoch(batches, new Random(1)).map(({ length }) => length)).toEqual(sizes);
  });

  it("gives every row once in each epoch, in another order each time", () => {
    const batches = new Minibatches(ROWS, 4);
    const random = new Random(1);
    const all = Array.from({ length: ROWS }, (_, i) => i);
    const orders = [1, 2, 3].map(() => epoch(batches, random).flat());
    for (const one of orders) expect(one.toSorted((a, b) => a - b)).toEqual(all);
    expect(new Set([all, ...orders].map(String)).size).toBe(4);
  });

  it("depends on the random numbers only", () => {
    const order = (seed: number) => epoch(new Minibatches(ROWS, 4), new Random(seed));
    expect(order(7)).toEqual(order(7));
    expect(order(7)).not.toEqual(order(8));
  });
});
