import { KernelArena } from "../../nn/kernels/arena.js";
import { KernelMlp } from "../../nn/kernels/kernelMlp.js";
import { boundedLogStd } from "../../nn/logStdRange.js";
import type { Random } from "../../random.js";
import { ActionSampler } from "../../rollout/actionSampler.js";
import type { ExploringPolicy } from "../../rollout/explorer.js";
import { type ActionNoise, createDraws, createNoise, type NoiseProcess } from "./actionNoise.js";
import type { ActorCriticLayout } from "./layout.js";

/** Draws from the policy's own distribution. */
export interface PolicyDraws {
  readonly kind: "policy";
  /** Decisions for which each draw is kept. */
  readonly steps: number;
}

/** How actions are chosen while learning: drawn from the policy's own distribution, or its action with noise added. */
export type Exploration = PolicyDraws | ActionNoise;

/** There are no continuous actions beside discrete ones. */
const NO_DEVIATIONS = new Float32Array(0);

/** An actor on the SIMD kernels with its exploration. */
export class ActorExploration implements ExploringPolicy {
  private readonly actor: KernelMlp;
  private readonly input: number;
  private readonly parameters: number;
  private readonly noise: NoiseProcess;
  private readonly chooser: OptionChooser | null;

  private constructor(
    private readonly arena: KernelArena,
    private readonly layout: ActorCriticLayout,
    private readonly exploration: Exploration,
    maxRows: number,
    random: Random,
  ) {
    const { actor, activation, actorSize, observationSize, actionSize } = layout;
    this.parameters = arena.place(actorSize);
    this.input = arena.place(maxRows * observationSize);
    const { parameters } = this;
    this.actor = new KernelMlp(arena, { layers: actor, activation, parameters, gradients: parameters, maxRows });
    this.noise =
      exploration.kind === "policy"
        ? createDraws(exploration.steps, maxRows, actionSize, random)
        : createNoise(exploration, maxRows, actionSize, random);
    this.chooser = layout.discrete ? new OptionChooser(layout.discrete, random) : null;
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

  act(observations: Float32Array, count: number, actions: Float32Array, masks?: Float32Array): void {
    const { observationSize, actionSize, actor } = this.layout;
    const seen = observations.subarray(0, count * observationSize);
    this.arena.view(this.input, seen.length).set(seen);
    const headSize = actor.at(-1)!.outputs;
    const head = this.arena.view(this.actor.forward(this.input, count), count * headSize);
    if (this.chooser) {
      this.chooser.choose(head, count, actions, masks);
      return;
    }
    const isDrawn = this.exploration.kind === "policy";
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < actionSize; k++) {
        const at = i * headSize + k;
        const noise = this.noise.next(i, k);
        actions[i * actionSize + k] = isDrawn
          ? Math.tanh(head[at]! + Math.exp(boundedLogStd(head[at + actionSize]!)) * noise)
          : clip(Math.tanh(head[at]!) + noise);
      }
    }
  }

  endEpisode(agent: number): void {
    this.noise.restart(agent);
  }
}

/** Draws one allowed option of each branch, from the softmax of its logits. */
export class OptionChooser {
  private readonly sampler: ActionSampler;

  constructor(
    discrete: readonly number[],
    private readonly random: Random,
  ) {
    this.sampler = new ActionSampler({ continuous: 0, discrete });
  }

  /** @param logits `[count, options]` @param actions `[count, branches]`, to be filled */
  choose(logits: Float32Array, count: number, actions: Float32Array, masks?: Float32Array): void {
    this.sampler.sample(this.random, logits, NO_DEVIATIONS, count, actions, masks);
  }
}

function clip(action: number): number {
  return Math.max(-1, Math.min(1, action));
}
