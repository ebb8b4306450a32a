import { KernelArena } from "../../nn/kernels/arena.js";
import { KernelMlp, type LayerPlace } from "../../nn/kernels/kernelMlp.js";
import { LOG_STD_RANGE } from "../../nn/squashedGaussian.js";
import type { DenseLayer } from "../../policy/network.js";
import type { Random } from "../../random.js";
import type { ExploringPolicy } from "../../rollout/explorer.js";
import type { SacNetworkShape } from "./networks.js";

/** SAC's actor on the SIMD kernels: what it does is drawn from the squashed Gaussian. */
export class SacExploration implements ExploringPolicy {
  private readonly actor: KernelMlp;
  private readonly input: number;
  private readonly parameters: number;
  private readonly places: readonly LayerPlace[];

  private constructor(
    private readonly arena: KernelArena,
    private readonly shape: SacNetworkShape,
    maxRows: number,
    private readonly random: Random,
  ) {
    const { observationSize, actionSize, activation, hidden } = shape;
    let size = 0;
    const place = (count: number) => {
      size += count;
      return size - count;
    };
    const sizes = [observationSize, ...hidden, 2 * actionSize];
    this.places = sizes.slice(1).map((outputs, i) => {
      const inputs = sizes[i]!;
      return { inputs, outputs, weights: place(inputs * outputs), bias: place(outputs) };
    });
    this.parameters = arena.place(size);
    this.input = arena.place(maxRows * observationSize);
    const { parameters } = this;
    this.actor = new KernelMlp(arena, { layers: this.places, activation, parameters, gradients: 0, maxRows });
  }

  static async createAsync(shape: SacNetworkShape, maxRows: number, random: Random): Promise<SacExploration> {
    return new SacExploration(await KernelArena.createAsync(), shape, maxRows, random);
  }

  /** Takes over the actor's weights. */
  load(layers: readonly DenseLayer[]): void {
    this.places.forEach(({ weights, bias }, i) => {
      const layer = layers[i]!;
      this.arena.view(this.parameters + 4 * weights, layer.weights.length).set(layer.weights);
      this.arena.view(this.parameters + 4 * bias, layer.bias.length).set(layer.bias);
    });
  }

  act(observations: Float32Array, count: number, actions: Float32Array): void {
    const { observationSize, actionSize } = this.shape;
    this.arena.view(this.input, count * observationSize).set(observations.subarray(0, count * observationSize));
    const head = this.arena.view(this.actor.forward(this.input, count), count * 2 * actionSize);
    const [low, high] = LOG_STD_RANGE;
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < actionSize; k++) {
        const at = 2 * i * actionSize + k;
        const logStd = low + ((high - low) / 2) * (Math.tanh(head[at + actionSize]!) + 1);
        actions[i * actionSize + k] = Math.tanh(head[at]! + Math.exp(logStd) * this.random.normal());
      }
    }
  }
}
