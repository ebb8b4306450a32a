import type { Activation, PolicyNetwork } from "../../policy/network.js";
import { activationCodes, instantiateKernelsAsync, type Kernels } from "./instantiate.js";

interface PlacedLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation | "linear";
  /** Addresses in bytes. */
  readonly weights: number;
  readonly bias: number;
  readonly output: number;
}

const PAGE = 65536;

/**
 * The forward pass of a policy on the SIMD kernels, in a memory of its own: for rollouts, where a batch is small and the
 * way through tensors would cost more than the arithmetic. It takes observations as they are: a normaliser is the
 * caller's business.
 */
export class KernelNetwork {
  private constructor(
    private readonly kernels: Kernels,
    private readonly floats: Float32Array,
    private readonly layers: readonly PlacedLayer[],
    private readonly input: number,
    private readonly constants: number,
    private readonly scratch: number,
    private readonly maxRows: number,
  ) {}

  /** @param maxRows the largest batch @returns null where WebAssembly has no SIMD */
  static async createAsync(network: PolicyNetwork, maxRows: number): Promise<KernelNetwork | null> {
    let end = 0;
    const place = (bytes: number): number => {
      const address = end;
      end += Math.ceil(bytes / 16) * 16;
      return address;
    };
    // The kernels say themselves how much they need, so they are asked before the memory has its size.
    const memory = new WebAssembly.Memory({ initial: 1 });
    const kernels = await instantiateKernelsAsync(memory);
    if (!kernels) return null;
    const constants = place(kernels.constantsSize());
    const input = place(4 * maxRows * network.observationSize);
    const layers = network.layers.map(({ inputs, outputs }, i): PlacedLayer => {
      const activation = i < network.layers.length - 1 ? network.activation : "linear";
      const [weights, bias, output] = [inputs * outputs, outputs, maxRows * outputs].map((size) => place(4 * size));
      return { inputs, outputs, activation, weights: weights!, bias: bias!, output: output! };
    });
    const scratch = place(Math.max(...layers.map(({ inputs, outputs }) => kernels.multiplyScratch(outputs, inputs))));
    memory.grow(Math.ceil(end / PAGE));
    kernels.writeConstants(constants);
    const floats = new Float32Array(memory.buffer);
    const result = new KernelNetwork(kernels, floats, layers, input, constants, scratch, maxRows);
    result.setNetwork(network);
    return result;
  }

  /** Takes over the weights of a network of the same shape. */
  setNetwork(network: PolicyNetwork): void {
    network.layers.forEach(({ weights, bias }, i) => {
      this.floats.set(weights, this.layers[i]!.weights / 4);
      this.floats.set(bias, this.layers[i]!.bias / 4);
    });
  }

  /**
   * @param observations the first `count` rows of `[rows, observationSize]`
   * @returns the head, `[count, headSize]`; a view that the next call overwrites
   */
  forward(observations: Float32Array, count: number): Float32Array {
    if (count > this.maxRows) throw new RangeError(`${count} rows, at most ${this.maxRows} were provided for`);
    const { kernels, constants, scratch } = this;
    const width = this.layers[0]!.inputs;
    this.floats.set(
      count * width === observations.length ? observations : observations.subarray(0, count * width),
      this.input / 4,
    );
    let from = this.input;
    for (const { inputs, outputs, activation, weights, bias, output } of this.layers) {
      kernels.multiply(from, 4 * inputs, 4, weights, 4 * outputs, 4, output, count, outputs, inputs, scratch);
      kernels.addBiasAndActivate(output, bias, count, outputs, activationCodes[activation], constants);
      from = output;
    }
    const last = this.layers.at(-1)!;
    return this.floats.subarray(from / 4, from / 4 + count * last.outputs);
  }
}
