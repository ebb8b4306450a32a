import { InputError } from "../inputError.js";
import type { Random } from "../random.js";
import { ACTIVATE } from "./activations.js";
import { checkNetwork, headSize } from "./checkNetwork.js";
import { type DenseLayer, type FrozenNormalizer, logStdInRange, type PolicyNetwork } from "./network.js";
import { type ActionSpec, maskSize, type Policy } from "./policy.js";

/** Agents that share one pass over the weights. */
const ROWS = 4;

/**
 * A policy network in plain TypeScript: synchronous, and without allocation once a batch size has been seen.
 *
 * Four agents go through all layers together. Their activations lie interleaved (`[size, 4]`), and the weights of two
 * outputs likewise (`[outputs/2, inputs, 2]`), so that the inner loop reads both in order and keeps its eight sums in
 * registers. Sums are in double precision, which is faster here than converting float32 at every read.
 */
export class MlpPolicy implements Policy {
  readonly observationSize: number;
  readonly actionSpec: ActionSpec;
  /** Numbers per row that {@link forward} gives. */
  readonly headSize: number;
  readonly deterministic: boolean;

  private network: PolicyNetwork;
  private readonly layers: PackedLayer[];
  /** Activations of one block of agents, `[widest layer, 4]`; the layers read one and write the other. */
  private from: Float64Array;
  private to: Float64Array;
  /** `[rows, headSize]`, grows with the largest batch. */
  private head = new Float32Array(0);

  /**
   * @param random draws the actions; without it the policy is deterministic and takes the mean or the best option.
   * @throws InputError when the sizes of the network do not fit together.
   */
  constructor(
    network: PolicyNetwork,
    private readonly random: Random | null = null,
  ) {
    checkNetwork(network);
    this.network = network;
    this.observationSize = network.observationSize;
    this.actionSpec = network.actionSpec;
    this.headSize = headSize(network);
    this.deterministic = random === null;
    this.layers = network.layers.map(packLayer);
    const widest = Math.max(network.observationSize, ...network.layers.map((layer) => layer.outputs + 1));
    this.from = new Float64Array(widest * ROWS);
    this.to = new Float64Array(widest * ROWS);
  }

  /**
   * Replaces weights, normaliser and standard deviations by those of a network of the same shape.
   * @throws InputError when the shape differs.
   */
  setNetwork(network: PolicyNetwork): void {
    checkNetwork(network);
    const shape = (n: PolicyNetwork) =>
      JSON.stringify([
        n.observationSize,
        n.actionSpec.continuous,
        n.actionSpec.discrete,
        n.layers.map((l) => l.outputs),
      ]);
    if (shape(network) !== shape(this.network)) {
      throw new InputError(
        `setNetwork needs the same shape: the policy is ${shape(this.network)}, the network is ${shape(network)}.`,
      );
    }
    this.network = network;
    network.layers.forEach((layer, index) => {
      fillPackedLayer(this.layers[index]!, layer);
    });
  }

  /**
   * Runs the network on the first `count` rows of `observations`.
   * @returns head outputs `[count, headSize]` (means before the squash, then logits) in a buffer that the next call
   * overwrites and that may be longer than asked for.
   */
  forward(observations: Float32Array, count: number): Float32Array {
    const { observationSize, headSize, layers } = this;
    const activate = ACTIVATE[this.network.activation];
    if (observations.length < count * observationSize) {
      throw new InputError(
        `${count} rows of ${observationSize} observations are needed, but the array has ${observations.length} numbers.`,
      );
    }
    if (this.head.length < count * headSize) this.head = new Float32Array(count * headSize);
    for (let row = 0; row < count; row += ROWS) {
      const rows = Math.min(ROWS, count - row);
      packRows(observations, row, rows, observationSize, this.network.normalizer, this.from);
      for (let index = 0; index < layers.length; index++) {
        const layer = layers[index]!;
        dense(this.from, layer, this.to);
        if (index < layers.length - 1) activate(this.to, layer.outputs * ROWS);
        const swap = this.from;
        this.from = this.to;
        this.to = swap;
      }
      for (let lane = 0; lane < rows; lane++) {
        const offset = (row + lane) * headSize;
        for (let i = 0; i < headSize; i++) this.head[offset + i] = this.from[i * ROWS + lane]!;
      }
    }
    return this.head;
  }

  act(observations: Float32Array, actions: Float32Array, count: number, masks?: Float32Array): void {
    const { continuous, discrete } = this.actionSpec;
    const { logStd, squash, stdRange } = this.network;
    const deviations = stdRange ? continuous : 0;
    const head = this.forward(observations, count);
    const options = maskSize(this.actionSpec);
    let out = 0;
    for (let row = 0; row < count; row++) {
      let index = row * this.headSize;
      for (let i = 0; i < continuous; i++, index++) {
        // mean + exp(logStd)·ε, ε ~ N(0, 1)
        let noise = 0;
        if (this.random !== null) {
          const logSigma = stdRange ? logStdInRange(head[index + continuous]!, stdRange) : logStd[i]!;
          noise = Math.exp(logSigma) * this.random.normal();
        }
        const value = head[index]! + noise;
        actions[out++] = squash === "tanh" ? Math.tanh(value) : Math.min(1, Math.max(-1, value));
      }
      index += deviations;
      let mask = row * options;
      for (let branch = 0; branch < discrete.length; branch++) {
        const size = discrete[branch]!;
        const choice = chooseOption(head, index, size, masks, mask, this.random);
        if (choice < 0) throw new InputError(`The mask of row ${row} forbids every option of branch ${branch}.`);
        actions[out++] = choice;
        index += size;
        mask += size;
      }
    }
  }
}

/**
 * The allowed option with the largest logit, plus Gumbel noise where there is a generator, which makes it a draw from
 * softmax(logits) (the Gumbel-max trick; Maddison, Tarlow and Minka 2014). -1 where no option is allowed.
 */
function chooseOption(
  logits: Float32Array,
  offset: number,
  size: number,
  masks: Float32Array | undefined,
  maskOffset: number,
  random: Random | null,
): number {
  let best = -1;
  let bestScore = 0;
  for (let option = 0; option < size; option++) {
    if (masks !== undefined && masks[maskOffset + option] === 0) continue;
    const noise = random === null ? 0 : -Math.log(-Math.log(random.uniform()));
    const score = logits[offset + option]! + noise;
    if (best < 0 || score > bestScore) {
      best = option;
      bestScore = score;
    }
  }
  return best;
}

/** A layer as {@link dense} reads it; outputs are padded to an even number with zeros. */
interface PackedLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** `[outputs/2, inputs, 2]` */
  readonly weights: Float64Array;
  /** `[outputs]` */
  readonly bias: Float64Array;
}

function packLayer(layer: DenseLayer): PackedLayer {
  const outputs = layer.outputs + (layer.outputs % 2);
  const packed = {
    inputs: layer.inputs,
    outputs,
    weights: new Float64Array(layer.inputs * outputs),
    bias: new Float64Array(outputs),
  };
  fillPackedLayer(packed, layer);
  return packed;
}

function fillPackedLayer(packed: PackedLayer, layer: DenseLayer): void {
  const { inputs, outputs } = layer; // without the padding
  packed.bias.set(layer.bias);
  for (let i = 0; i < inputs; i++) {
    for (let o = 0; o < outputs; o++) {
      packed.weights[(o - (o % 2)) * inputs + i * 2 + (o % 2)] = layer.weights[i * outputs + o]!;
    }
  }
}

/** Writes up to four rows of observations, normalised, interleaved: `[observationSize, 4]`. */
function packRows(
  observations: Float32Array,
  row: number,
  rows: number,
  size: number,
  normalizer: FrozenNormalizer | null,
  out: Float64Array,
): void {
  for (let lane = 0; lane < rows; lane++) {
    const offset = (row + lane) * size;
    if (normalizer === null) {
      for (let i = 0; i < size; i++) out[i * ROWS + lane] = observations[offset + i]!;
      continue;
    }
    const { mean, std, clip } = normalizer;
    for (let i = 0; i < size; i++) {
      // clip((x − mean) / std, ±clip)
      const value = (observations[offset + i]! - mean[i]!) / std[i]!;
      out[i * ROWS + lane] = Math.min(clip, Math.max(-clip, value));
    }
  }
}

/** y = x·W + b for four interleaved rows, two outputs at a time. `x`: `[inputs, 4]`, `y`: `[outputs, 4]`. */
function dense(x: Float64Array, layer: PackedLayer, y: Float64Array): void {
  const { inputs, outputs, weights, bias } = layer;
  const end = inputs * ROWS;
  let w = 0;
  for (let o = 0; o < outputs; o += 2) {
    let a0 = bias[o]!;
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let b0 = bias[o + 1]!;
    let b1 = b0;
    let b2 = b0;
    let b3 = b0;
    // `| 0` keeps the index arithmetic free of overflow checks
    for (let i = 0; i < end; i = (i + 4) | 0) {
      const p = weights[w]!;
      const q = weights[(w + 1) | 0]!;
      const x0 = x[i]!;
      const x1 = x[(i + 1) | 0]!;
      const x2 = x[(i + 2) | 0]!;
      const x3 = x[(i + 3) | 0]!;
      a0 += p * x0;
      b0 += q * x0;
      a1 += p * x1;
      b1 += q * x1;
      a2 += p * x2;
      b2 += q * x2;
      a3 += p * x3;
      b3 += q * x3;
      w = (w + 2) | 0;
    }
    const z = o * ROWS;
    y[z] = a0;
    y[z + 1] = a1;
    y[z + 2] = a2;
    y[z + 3] = a3;
    y[z + 4] = b0;
    y[z + 5] = b1;
    y[z + 6] = b2;
    y[z + 7] = b3;
  }
}
