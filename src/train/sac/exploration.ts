import { KernelArena } from "../../nn/kernels/arena.js";
import { KernelMlp } from "../../nn/kernels/kernelMlp.js";
import { boundedLogStd } from "../../nn/logStdRange.js";
import type { Random } from "../../random.js";
import type { ExploringPolicy } from "../../rollout/explorer.js";
import type { SacLayout } from "./parameters.js";

/** SAC's actor on the SIMD kernels: what it does is drawn from the squashed Gaussian. */
export class SacExploration implements ExploringPolicy {
  private readonly actor: KernelMlp;
  private readonly input: number;
  private readonly parameters: number;

  private constructor(
    private readonly arena: KernelArena,
    private readonly layout: SacLayout,
    maxRows: number,
    private readonly random: Random,
  ) {
    const { actor, activation, actorSize, observationSize } = layout;
    this.parameters = arena.place(actorSize);
    this.input = arena.place(maxRows * observationSize);
    const { parameters } = this;
    this.actor = new KernelMlp(arena, { layers: actor, activation, parameters, gradients: parameters, maxRows });
  }

  static async createAsync(layout: SacLayout, maxRows: number, random: Random): Promise<SacExploration> {
    return new SacExploration(await KernelArena.createAsync(), layout, maxRows, random);
  }

  /** Takes over the actor's parameters. */
  load(parameters: Float32Array): void {
    this.arena.view(this.parameters, parameters.length).set(parameters);
  }

  act(observations: Float32Array, count: number, actions: Float32Array): void {
    const { observationSize, actionSize } = this.layout;
    const seen = observations.subarray(0, count * observationSize);
    this.arena.view(this.input, seen.length).set(seen);
    const head = this.arena.view(this.actor.forward(this.input, count), count * 2 * actionSize);
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < actionSize; k++) {
        const at = 2 * i * actionSize + k;
        const std = Math.exp(boundedLogStd(head[at + actionSize]!));
        actions[i * actionSize + k] = Math.tanh(head[at]! + std * this.random.normal());
      }
    }
  }
}
