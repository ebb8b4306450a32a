import type { Random } from "../../random.js";
import type { RolloutBuffer } from "../../rollout/rolloutBuffer.js";

/** One minibatch of B transitions as plain arrays of its own. */
export interface MinibatchRows {
  readonly size: number;
  /** `[B, observationSize]` */
  readonly observations: Float32Array;
  /** `[B, actionSize]` */
  readonly actions: Float32Array;
  /** `[B, maskSize]` */
  readonly masks: Float32Array;
  /** `[B]` each */
  readonly logProbabilities: Float32Array;
  readonly advantages: Float32Array;
  readonly returns: Float32Array;
}

/** Cuts a rollout into shuffled minibatches of as equal size as possible. */
export class Minibatches {
  private readonly order: Int32Array;
  private readonly count: number;

  constructor(
    private readonly buffer: RolloutBuffer,
    private readonly advantages: Float32Array,
    private readonly returns: Float32Array,
    batchSize: number,
  ) {
    this.order = Int32Array.from({ length: buffer.rows }, (_, i) => i);
    this.count = Math.max(1, Math.round(buffer.rows / batchSize));
  }

  /** One epoch: every transition once, in a new order. */
  *shuffled(random: Random): Generator<MinibatchRows> {
    random.shuffle(this.order);
    for (let k = 0; k < this.count; k++) {
      const start = Math.floor((k * this.order.length) / this.count);
      const end = Math.floor(((k + 1) * this.order.length) / this.count);
      yield this.rows(this.order.subarray(start, end));
    }
  }

  /** The transitions of these indices, t·N + i each. */
  rows(indices: Int32Array): MinibatchRows {
    const { buffer } = this;
    return {
      size: indices.length,
      observations: gather(buffer.observations, indices, buffer.observationSize),
      actions: gather(buffer.actions, indices, buffer.actionSize),
      masks: gather(buffer.masks, indices, buffer.maskSize),
      logProbabilities: gather(buffer.logProbabilities, indices, 1),
      advantages: gather(this.advantages, indices, 1),
      returns: gather(this.returns, indices, 1),
    };
  }
}

function gather(source: Float32Array, indices: Int32Array, width: number): Float32Array {
  const out = new Float32Array(indices.length * width);
  for (let row = 0; row < indices.length; row++) {
    const from = indices[row]! * width;
    for (let j = 0; j < width; j++) out[row * width + j] = source[from + j]!;
  }
  return out;
}
