import type { Random } from "../../random.js";

/** Cuts the rows of a batch into shuffled minibatches of as equal size as possible. */
export class Minibatches {
  /** Minibatches of an epoch. */
  readonly count: number;
  private readonly order: Int32Array;

  constructor(rows: number, batchSize: number) {
    this.order = Int32Array.from({ length: rows }, (_, i) => i);
    this.count = Math.max(1, Math.round(rows / batchSize));
  }

  /** One epoch: every row once, in a new order; views that the next epoch overwrites. */
  *shuffled(random: Random): Generator<Int32Array> {
    random.shuffle(this.order);
    for (let k = 0; k < this.count; k++) {
      const start = Math.floor((k * this.order.length) / this.count);
      const end = Math.floor(((k + 1) * this.order.length) / this.count);
      yield this.order.subarray(start, end);
    }
  }
}
