import { type Exchange, ExchangeAbortedError } from "./exchange.js";

// Words of the control array.
const ARRIVED = 0;
const ROUND = 1;
const ABORTED = 2;
const CONTROLS = 3;

/** Looks at the control word so often before the thread goes to sleep; waking up costs more than a short wait. */
const SPINS = 4000;
const SLEEP_MILLISECONDS = 500;

/** What the members of a {@link SharedExchange} share; it can be sent to other threads. */
export interface SharedMemory {
  readonly size: number;
  readonly control: Int32Array<SharedArrayBuffer>;
  /** Two slots for each member, used by turns: `[2, size, capacity]`. */
  readonly slots: Float32Array<SharedArrayBuffer>;
}

/** Whether threads can share memory here: always in Node; in a page where it is isolated from other origins. */
export function canShareMemory(): boolean {
  return (
    typeof SharedArrayBuffer !== "undefined" &&
    (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated !== false
  );
}

/** @param capacity numbers that are added up at once; longer vectors go in pieces */
export function allocateSharedMemory(size: number, capacity: number): SharedMemory {
  return {
    size,
    control: new Int32Array(new SharedArrayBuffer(4 * CONTROLS)),
    slots: new Float32Array<SharedArrayBuffer>(new SharedArrayBuffer(4 * 2 * size * capacity)),
  };
}

/** Frees everybody who waits for a member that has been lost; the memory is of no use afterwards. */
export function abortSharedMemory({ control }: SharedMemory): void {
  Atomics.store(control, ABORTED, 1);
  Atomics.notify(control, ROUND);
}

/**
 * Sums over shared memory: each member writes its vector into its slot, waits until all have, and adds the slots up, in
 * the same order as everybody else. Two sets of slots make one wait per sum enough: a slot is overwritten only after the
 * next wait, when all have read it.
 */
export class SharedExchange implements Exchange {
  readonly size: number;
  private readonly capacity: number;

  /** @param whileWaiting called now and then while others are waited for */
  constructor(
    private readonly memory: SharedMemory,
    private readonly member: number,
    private readonly whileWaiting: () => void = () => {},
  ) {
    this.size = memory.size;
    this.capacity = memory.slots.length / (2 * memory.size);
  }

  sum(vector: Float32Array): void {
    for (let start = 0; start < vector.length; start += this.capacity) {
      this.sumPiece(vector.subarray(start, start + this.capacity));
    }
  }

  private sumPiece(piece: Float32Array): void {
    const { control, slots } = this.memory;
    const round = Atomics.load(control, ROUND);
    const set = (round & 1) * this.size;
    slots.set(piece, (set + this.member) * this.capacity);
    this.waitForAll(round);
    const first = set * this.capacity;
    piece.set(slots.subarray(first, first + piece.length));
    for (let member = 1; member < this.size; member++) {
      const offset = (set + member) * this.capacity;
      for (let i = 0; i < piece.length; i++) piece[i]! += slots[offset + i]!;
    }
  }

  private waitForAll(round: number): void {
    const { control } = this.memory;
    if (Atomics.add(control, ARRIVED, 1) === this.size - 1) {
      Atomics.store(control, ARRIVED, 0);
      Atomics.add(control, ROUND, 1);
      Atomics.notify(control, ROUND);
    }
    for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(control, ROUND) !== round) return;
    while (Atomics.load(control, ROUND) === round) {
      if (Atomics.load(control, ABORTED)) throw new ExchangeAbortedError("A member of the group has been lost.");
      Atomics.wait(control, ROUND, round, SLEEP_MILLISECONDS);
      this.whileWaiting();
    }
  }
}
