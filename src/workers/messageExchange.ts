import { type Exchange, ExchangeAbortedError } from "./exchange.js";

/** Sums by messages through the thread that started the members: where memory cannot be shared. */
export class MessageExchange implements Exchange {
  private waiting: { vector: Float32Array; resolve(): void; reject(error: Error): void } | null = null;
  private aborted = false;

  /** @param send hands a vector to the {@link MessageSums} of the other side */
  constructor(
    readonly size: number,
    private readonly send: (vector: Float32Array) => void,
  ) {}

  sum(vector: Float32Array): Promise<void> {
    if (this.aborted) return Promise.reject(lost());
    return new Promise((resolve, reject) => {
      this.waiting = { vector, resolve, reject };
      this.send(vector.slice());
    });
  }

  /** Takes the sum in; null when a member has been lost, after which there are no sums any more. */
  receive(sum: Float32Array | null): void {
    const waiting = this.waiting;
    this.waiting = null;
    if (sum) {
      waiting?.vector.set(sum);
      waiting?.resolve();
    } else {
      this.aborted = true;
      waiting?.reject(lost());
    }
  }
}

function lost(): ExchangeAbortedError {
  return new ExchangeAbortedError("A member of the group has been lost.");
}

/** The other side: adds one vector of each member up and gives the sum to all. */
export class MessageSums {
  private readonly vectors: (Float32Array | null)[];

  constructor(
    size: number,
    private readonly reply: (sum: Float32Array) => void,
  ) {
    this.vectors = new Array(size).fill(null);
  }

  add(member: number, vector: Float32Array): void {
    this.vectors[member] = vector;
    if (this.vectors.some((other) => other === null)) return;
    const [first, ...others] = this.vectors as Float32Array[];
    for (const other of others) for (let i = 0; i < first!.length; i++) first![i]! += other[i]!;
    this.vectors.fill(null);
    this.reply(first!);
  }
}
