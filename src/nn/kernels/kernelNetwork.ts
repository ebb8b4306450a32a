import type { PolicyNetwork } from "../../policy/network.js";
import { KernelArena } from "./arena.js";
import { KernelMlp, type LayerPlace } from "./kernelMlp.js";

/**
 * The forward pass of a policy on the SIMD kernels, in a memory of its own. It takes observations as they are: a
 * normaliser is the caller's business.
 */
export class KernelNetwork {
  private constructor(
    private readonly arena: KernelArena,
    private readonly mlp: KernelMlp,
    private readonly parameters: number,
    private readonly layers: readonly LayerPlace[],
    private readonly input: number,
    private readonly maxRows: number,
  ) {}

  /** @param maxRows the largest batch @throws InputError where WebAssembly has no SIMD */
  static async createAsync(network: PolicyNetwork, maxRows: number): Promise<KernelNetwork> {
    const arena = await KernelArena.createAsync();
    let size = 0;
    const layers = network.layers.map(({ inputs, outputs }): LayerPlace => {
      const weights = size;
      const bias = weights + inputs * outputs;
      size = bias + outputs;
      return { inputs, outputs, weights, bias };
    });
    const parameters = arena.place(size);
    const input = arena.place(maxRows * network.observationSize);
    const { activation } = network;
    const mlp = new KernelMlp(arena, { layers, activation, parameters, gradients: parameters, maxRows });
    const result = new KernelNetwork(arena, mlp, parameters, layers, input, maxRows);
    result.setNetwork(network);
    return result;
  }

  /** Takes over the weights of a network of the same shape. */
  setNetwork(network: PolicyNetwork): void {
    network.layers.forEach(({ inputs, outputs, weights, bias }, i) => {
      const place = this.layers[i]!;
      this.arena.view(this.parameters + 4 * place.weights, inputs * outputs).set(weights);
      this.arena.view(this.parameters + 4 * place.bias, outputs).set(bias);
    });
  }

  /**
   * @param observations the first `count` rows of `[rows, observationSize]`
   * @returns the head, `[count, headSize]`; a view that the next call overwrites
   */
  forward(observations: Float32Array, count: number): Float32Array {
    if (count > this.maxRows) throw new RangeError(`${count} rows, at most ${this.maxRows} were provided for`);
    const width = this.layers[0]!.inputs;
    const rows = count * width === observations.length ? observations : observations.subarray(0, count * width);
    this.arena.view(this.input, count * width).set(rows);
    const head = this.mlp.forward(this.input, count);
    return this.arena.view(head, count * this.layers.at(-1)!.outputs);
  }
}
