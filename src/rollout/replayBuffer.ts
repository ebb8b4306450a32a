import type { Random } from "../random.js";

/** Some transitions, one row each; `discounts` is what the value of the next observation counts, 0 where there is none. */
export interface ReplayBatch {
  /** `[B, observationSize]`, as the environment gave them */
  readonly observations: Float32Array;
  /** `[B, actionSize]` */
  readonly actions: Float32Array;
  /** `[B]`: of n steps, discounted */
  readonly rewards: Float32Array;
  /** `[B, observationSize]`: n steps later, or at the end of the episode */
  readonly nextObservations: Float32Array;
  /** `[B]` */
  readonly discounts: Float32Array;
  /** What the observations and the next ones allow; only where there are discrete actions, whose numbers are their options'. */
  readonly masks?: MaskPair;
}

/** Which options were allowed before and after, `[rows, maskSize]` each, 1 = allowed. */
export interface MaskPair {
  readonly before: Float32Array;
  readonly after: Float32Array;
}

export function createReplayBatch(
  rows: number,
  observationSize: number,
  actionSize: number,
  maskSize = 0,
): ReplayBatch {
  const masks = () => new Float32Array(rows * maskSize);
  return {
    observations: new Float32Array(rows * observationSize),
    actions: new Float32Array(rows * actionSize),
    rewards: new Float32Array(rows),
    nextObservations: new Float32Array(rows * observationSize),
    discounts: new Float32Array(rows),
    ...(maskSize > 0 && { masks: { before: masks(), after: masks() } }),
  };
}

/** The last `capacity` transitions; the oldest make way for new ones. */
export class ReplayBuffer {
  private readonly rows: ReplayBatch;
  private count = 0;
  private next = 0;

  constructor(
    readonly capacity: number,
    readonly observationSize: number,
    readonly actionSize: number,
    readonly maskSize = 0,
  ) {
    this.rows = createReplayBatch(capacity, observationSize, actionSize, maskSize);
  }

  /** Transitions that it holds. */
  get size(): number {
    return this.count;
  }

  /** Takes one transition: the first row from these places of the arrays on. @param masks of this transition alone */
  add(
    observations: Float32Array,
    observationAt: number,
    actions: Float32Array,
    actionAt: number,
    reward: number,
    nextObservations: Float32Array,
    nextAt: number,
    discount: number,
    masks?: MaskPair,
  ): void {
    const { rows, observationSize, actionSize, next } = this;
    copy(observations, observationAt, rows.observations, next * observationSize, observationSize);
    copy(actions, actionAt, rows.actions, next * actionSize, actionSize);
    copy(nextObservations, nextAt, rows.nextObservations, next * observationSize, observationSize);
    rows.rewards[next] = reward;
    rows.discounts[next] = discount;
    if (rows.masks && masks) {
      rows.masks.before.set(masks.before, next * this.maskSize);
      rows.masks.after.set(masks.after, next * this.maskSize);
    }
    this.next = (next + 1) % this.capacity;
    this.count = Math.min(this.count + 1, this.capacity);
  }

  /** Observations of the newest transitions, `[at most rows, observationSize]`, newest first. */
  recentObservations(rows: number): Float32Array {
    const count = Math.min(rows, this.count);
    const recent = new Float32Array(count * this.observationSize);
    for (let i = 0; i < count; i++) {
      const from = (this.next - 1 - i + this.capacity) % this.capacity;
      copy(this.rows.observations, from * this.observationSize, recent, i * this.observationSize, this.observationSize);
    }
    return recent;
  }

  /** Fills a batch with transitions drawn at random, with replacement. */
  sample(random: Random, batch: ReplayBatch): void {
    const { rows, observationSize, actionSize, maskSize } = this;
    for (let i = 0; i < batch.rewards.length; i++) {
      const from = random.integer(this.count);
      copy(rows.observations, from * observationSize, batch.observations, i * observationSize, observationSize);
      copy(rows.actions, from * actionSize, batch.actions, i * actionSize, actionSize);
      copy(rows.nextObservations, from * observationSize, batch.nextObservations, i * observationSize, observationSize);
      batch.rewards[i] = rows.rewards[from]!;
      batch.discounts[i] = rows.discounts[from]!;
      if (!rows.masks || !batch.masks) continue;
      copy(rows.masks.before, from * maskSize, batch.masks.before, i * maskSize, maskSize);
      copy(rows.masks.after, from * maskSize, batch.masks.after, i * maskSize, maskSize);
    }
  }
}

/** A loop is faster than `subarray` and `set` for as few numbers as these. */
function copy(from: Float32Array, at: number, to: Float32Array, toAt: number, count: number): void {
  for (let i = 0; i < count; i++) to[toAt + i] = from[at + i]!;
}
