import { KernelArena } from "../../nn/kernels/arena.js";
import { KernelMlp } from "../../nn/kernels/kernelMlp.js";
import { boundedLogStd } from "../../nn/logStdRange.js";
import type { Random } from "../../random.js";
import type { ExploringPolicy } from "../../rollout/explorer.js";
import { type ActionNoise, createNoise, type NoiseProcess } from "./actionNoise.js";
import type { ActorCriticLayout } from "./layout.js";

/** How actions are chosen while learning: drawn from the policy's own distribution, or its action with noise added. */
export type Exploration = { readonly kind: "policy" } | ActionNoise;

/** An actor on the SIMD kernels with its exploration. */
export class ActorExploration implements ExploringPolicy {
  private readonly actor: KernelMlp;
  private readonly input: number;
  private readonly parameters: number;
  private readonly noise: NoiseProcess | null;

  private constructor(
    private readonly arena: KernelArena,
    private readonly layout: ActorCriticLayout,
    exploration: Exploration,
    maxRows: number,
    private readonly random: Random,
  ) {
    const { actor, activation, actorSize, observationSize, actionSize } = layout;
    this.parameters = arena.place(actorSize);
    this.input = arena.place(maxRows * observationSize);
    const { parameters } = this;
    this.actor = new KernelMlp(arena, { layers: actor, activation, parameters, gradients: parameters, maxRows });
    this.noise = exploration.kind === "policy" ? null : createNoise(exploration, maxRows, actionSize, random);
  }

  static async createAsync(
    layout: ActorCriticLayout,
    exploration: Exploration,
    maxRows: number,
    random: Random,
  ): Promise<ActorExploration> {
    return new ActorExploration(await KernelArena.createAsync(), layout, exploration, maxRows, random);
  }

  /** Takes over the actor's parameters. */
  load(parameters: Float32Array): void {
    this.arena.view(this.parameters, parameters.length).set(parameters);
  }

  act(observations: Float32Array, count: number, actions: Float32Array): void {
    const { observationSize, actionSize, actor } = this.layout;
    const seen = observations.subarray(0, count * observationSize);
    this.arena.view(this.input, seen.length).set(seen);
    const headSize = actor.at(-1)!.outputs;
    const head = this.arena.view(this.actor.forward(this.input, count), count * headSize);
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < actionSize; k++) {
        const at = i * headSize + k;
        actions[i * actionSize + k] = this.noise
          ? clip(Math.tanh(head[at]!) + this.noise.next(i, k))
          : Math.tanh(head[at]! + Math.exp(boundedLogStd(head[at + actionSize]!)) * this.random.normal());
      }
    }
  }

  endEpisode(agent: number): void {
    this.noise?.restart(agent);
  }
}

function clip(action: number): number {
  return Math.max(-1, Math.min(1, action));
}
