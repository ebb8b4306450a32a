import type { Activation } from "../../policy/network.js";
import type { LayerPlace } from "../layerPlaces.js";
import type { KernelArena } from "./arena.js";
import { activationCodes } from "./instantiate.js";

export interface KernelMlpOptions {
  readonly layers: readonly LayerPlace[];
  /** Between the layers; the last one is linear. */
  readonly activation: Activation;
  /** Addresses of all parameters, and of their gradients, which only `backward` writes. */
  readonly parameters: number;
  readonly gradients: number;
  /** The largest batch. */
  readonly maxRows: number;
}

interface Layer extends LayerPlace {
  readonly activation: Activation | "linear";
  /** Address of the result y = f(z), `[maxRows, outputs]`. */
  readonly y: number;
  /** Address of z where the slope of f does not follow from y; else that of y. */
  readonly z: number;
}

/** A feed-forward network on the SIMD kernels, forward and backward, in an arena. Addresses are in bytes. */
export class KernelMlp {
  private readonly layers: readonly Layer[];
  /** Two places for dL/dz and dL/dy, `[maxRows, widest layer]`. */
  private readonly deltas: readonly [number, number];
  private readonly scratch: number;
  /** Places of the weights for `frozen`, which not every learner needs. */
  private panels: readonly number[] | null = null;
  /** Three places of `[maxRows, widest output]` for `tangent`, which few learners need. */
  private tangents: readonly [number, number, number] | null = null;

  constructor(
    private readonly arena: KernelArena,
    private readonly options: KernelMlpOptions,
  ) {
    const { layers, activation, maxRows } = options;
    this.layers = layers.map((layer) => {
      const f = layer === layers.at(-1) ? "linear" : activation;
      const y = arena.place(maxRows * layer.outputs);
      return { ...layer, activation: f, y, z: f === "swish" ? arena.place(maxRows * layer.outputs) : y };
    });
    const widest = Math.max(...layers.map(({ inputs }) => inputs));
    this.deltas = [arena.place(maxRows * widest), arena.place(maxRows * widest)];
    const { kernels } = arena;
    const scratches = layers.flatMap(({ inputs, outputs }) => [
      kernels.multiplyScratch(outputs, inputs), // z = x·W
      kernels.multiplyScratch(outputs, maxRows), // dW = xᵀ·dz
      kernels.multiplyScratch(inputs, outputs), // dx = dz·Wᵀ
    ]);
    this.scratch = arena.place(Math.max(...scratches) / 4);
  }

  /** @param x address of `[rows, inputs]` @returns address of the head, `[rows, outputs]` */
  forward(x: number, rows: number): number {
    const { kernels } = this.arena;
    return this.pass(x, rows, ({ inputs, outputs, weights, z }, from) => {
      const w = this.options.parameters + 4 * weights;
      kernels.multiply(from, 4 * inputs, 4, w, 4 * outputs, 4, z, rows, outputs, inputs, this.scratch);
    });
  }

  /**
   * `forward` for as long as the parameters stay as they are now: the weights are laid out for it once and not at each
   * call.
   */
  frozen(): (x: number, rows: number) => number {
    const { arena, layers, scratch } = this;
    const { kernels } = arena;
    this.panels ??= layers.map(({ inputs, outputs }) => arena.place(kernels.packedSize(outputs, inputs) / 4));
    const { panels } = this;
    for (const [i, { inputs, outputs, weights }] of layers.entries()) {
      const w = this.options.parameters + 4 * weights;
      kernels.packRight(w, 4 * outputs, 4, outputs, inputs, panels[i]!);
    }
    return (x, rows) =>
      this.pass(x, rows, ({ inputs, outputs, z }, from, i) =>
        kernels.multiplyPacked(from, 4 * inputs, 4, panels[i]!, z, rows, outputs, inputs, scratch),
      );
  }

  /** @param multiply z = x·W of a layer */
  private pass(x: number, rows: number, multiply: (layer: Layer, x: number, i: number) => void): number {
    const { kernels, constants } = this.arena;
    let from = x;
    for (const [i, layer] of this.layers.entries()) {
      const { outputs, bias, activation, y, z } = layer;
      const b = this.options.parameters + 4 * bias;
      // z = x·W + b, y = f(z)
      multiply(layer, from, i);
      const isSplit = z !== y;
      kernels.addBiasAndActivate(z, b, rows, outputs, activationCodes[isSplit ? "linear" : activation], constants);
      if (isSplit) kernels.activateInto(z, y, rows * outputs, activationCodes[activation], constants);
      from = y;
    }
    return from;
  }

  /**
   * Backpropagation through the last `forward`: overwrites the gradients of this network's weights and biases.
   * @param x what `forward` was given @param dHead address of dL/dhead, `[rows, outputs]`
   */
  backward(x: number, dHead: number, rows: number): void {
    const { kernels } = this.arena;
    const { gradients } = this.options;
    let dz = dHead;
    for (let i = this.layers.length - 1; i >= 0; i--) {
      const { inputs, outputs, weights, bias } = this.layers[i]!;
      // dW = xᵀ·dz, db = Σ_rows dz
      const input = this.layers[i - 1]?.y ?? x;
      const dW = gradients + 4 * weights;
      kernels.multiply(input, 4, 4 * inputs, dz, 4 * outputs, 4, dW, inputs, outputs, rows, this.scratch);
      kernels.sumRows(dz, gradients + 4 * bias, rows, outputs);
      if (i > 0) dz = this.below(i, dz, rows, this.deltas[i % 2]!);
    }
  }

  /**
   * The gradient of the input instead, through the last `forward`; the parameters' gradients stay as they are.
   * @param dHead address of dL/dhead, `[rows, outputs]` @param dx address of what becomes dL/dx, `[rows, inputs]`
   */
  inputGradient(dHead: number, rows: number, dx: number): void {
    let dz = dHead;
    for (let i = this.layers.length - 1; i >= 0; i--) {
      dz = this.below(i, dz, rows, i > 0 ? this.deltas[i % 2]! : dx);
    }
  }

  /**
   * How the head changes when the parameters move along a direction: the Jacobian–vector product J v, in forward mode,
   * through the last `forward`.
   * @param x what `forward` was given @param direction address of v, which lies like the parameters
   * @returns address of dhead, `[rows, outputs]`
   */
  tangent(x: number, direction: number, rows: number): number {
    const { kernels, constants } = this.arena;
    const { parameters, maxRows } = this.options;
    const widest = Math.max(...this.layers.map(({ outputs }) => outputs));
    const place = () => this.arena.place(maxRows * widest);
    this.tangents ??= [place(), place(), place()];
    const product = this.tangents[2];
    let from = x;
    let dFrom: number | null = null;
    for (const [i, { inputs, outputs, weights, bias, activation, y, z }] of this.layers.entries()) {
      const dz = this.tangents[i % 2]!;
      // dz = x·V + dx·W + v_b, dy = dz · f′(z)
      const v = direction + 4 * weights;
      kernels.multiply(from, 4 * inputs, 4, v, 4 * outputs, 4, dz, rows, outputs, inputs, this.scratch);
      if (dFrom !== null) {
        const w = parameters + 4 * weights;
        kernels.multiply(dFrom, 4 * inputs, 4, w, 4 * outputs, 4, product, rows, outputs, inputs, this.scratch);
        const sum = this.arena.view(dz, rows * outputs);
        const part = this.arena.view(product, rows * outputs);
        for (let k = 0; k < sum.length; k++) sum[k]! += part[k]!;
      }
      kernels.addBiasAndActivate(dz, direction + 4 * bias, rows, outputs, activationCodes.linear, constants);
      if (activation !== "linear") {
        kernels.activationGradient(dz, z, dz, rows * outputs, activationCodes[activation], constants);
      }
      from = y;
      dFrom = dz;
    }
    return dFrom!;
  }

  /** dx = dz·Wᵀ of a layer, and with x = f(z) of the layer below it, if there is one: dz = dx · f′(z). */
  private below(i: number, dz: number, rows: number, dx: number): number {
    const { kernels, constants } = this.arena;
    const { inputs, outputs, weights } = this.layers[i]!;
    const w = this.options.parameters + 4 * weights;
    kernels.multiply(dz, 4 * outputs, 4, w, 4, 4 * outputs, dx, rows, inputs, outputs, this.scratch);
    const below = this.layers[i - 1];
    if (below) {
      kernels.activationGradient(dx, below.z, dx, rows * inputs, activationCodes[below.activation], constants);
    }
    return dx;
  }
}
