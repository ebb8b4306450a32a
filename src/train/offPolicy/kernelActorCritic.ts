import { KernelArena } from "../../nn/kernels/arena.js";
import { KernelAdam } from "../../nn/kernels/kernelAdam.js";
import { KernelMlp } from "../../nn/kernels/kernelMlp.js";
import type { LayerPlace } from "../../nn/layerPlaces.js";
import type { ReplayBatch } from "../../rollout/replayBuffer.js";
import { type ActorCriticLayout, followLearnt } from "./layout.js";
import { ADAM_EPSILON, type OffPolicyState } from "./learner.js";

/**
 * The networks of an actor and its critics on the SIMD kernels, and what all off-policy learners do with them. A batch
 * has always `rows` rows.
 */
export class KernelActorCritic {
  readonly actor: KernelMlp;
  readonly targetActor: KernelMlp | null;
  readonly critics: readonly KernelMlp[];
  readonly targetCritics: readonly KernelMlp[];
  private readonly actorAdam: KernelAdam;
  private readonly criticsAdam: KernelAdam;
  // Addresses in the arena.
  private readonly parameters: number;
  /** `[rows, observationSize]` and `[rows, observationSize + actionSize]` */
  private readonly observations: number;
  private readonly pairs: number;
  /** `[rows, actor's head]` and `[rows, a critic's head]` */
  private readonly dHead: number;
  private readonly dValues: number;
  /** `[rows, observationSize + actionSize]` */
  private readonly dPairs: number;

  private constructor(
    private readonly arena: KernelArena,
    private readonly layout: ActorCriticLayout,
    private readonly rows: number,
  ) {
    const { activation, observationSize, actionSize, actorSize, learntSize, size } = layout;
    const parameters = arena.place(size);
    const gradients = arena.place(learntSize);
    const network = (layers: readonly LayerPlace[]) =>
      new KernelMlp(arena, { layers, activation, parameters, gradients, maxRows: rows });
    this.actor = network(layout.actor);
    this.targetActor = layout.targetActor && network(layout.targetActor);
    this.critics = layout.critics.map(network);
    this.targetCritics = layout.targetCritics.map(network);
    const adam = (offset: number, count: number) =>
      new KernelAdam(arena, {
        parameters: parameters + 4 * offset,
        gradients: gradients + 4 * offset,
        size: count,
        epsilon: ADAM_EPSILON,
      });
    this.actorAdam = adam(0, actorSize);
    this.criticsAdam = adam(actorSize, learntSize - actorSize);
    this.parameters = parameters;
    this.observations = arena.place(rows * observationSize);
    this.pairs = arena.place(rows * (observationSize + actionSize));
    this.dPairs = arena.place(rows * (observationSize + actionSize));
    this.dHead = arena.place(rows * layout.actor.at(-1)!.outputs);
    this.dValues = arena.place(rows * layout.critics[0]!.at(-1)!.outputs);
  }

  /** @throws InputError where WebAssembly has no SIMD */
  static async createAsync(layout: ActorCriticLayout, rows: number): Promise<KernelActorCritic> {
    return new KernelActorCritic(await KernelArena.createAsync(), layout, rows);
  }

  /** What an actor says of observations, `[rows, outputs]`; a view, good until the kernels are used again. */
  head(actor: KernelMlp, observations: Float32Array): Float32Array {
    const { layout, rows } = this;
    this.arena.view(this.observations, observations.length).set(observations);
    return this.arena.view(actor.forward(this.observations, rows), rows * layout.actor.at(-1)!.outputs);
  }

  /** Q(s, a) of some critics, `[rows]` each; views, good until the kernels are used again. */
  values(critics: readonly KernelMlp[], observations: Float32Array, actions: Float32Array): readonly Float32Array[] {
    const { rows } = this;
    this.pair(observations, actions);
    const addresses = critics.map((critic) => critic.forward(this.pairs, rows));
    return addresses.map((address) => this.arena.view(address, rows));
  }

  /** Q(s, ·) of some critics of discrete actions, `[rows, options]` each; views, good until the kernels are used again. */
  optionValues(critics: readonly KernelMlp[], observations: Float32Array): readonly Float32Array[] {
    const { rows, layout } = this;
    this.arena.view(this.observations, observations.length).set(observations);
    const addresses = critics.map((critic) => critic.forward(this.observations, rows));
    return addresses.map((address) => this.arena.view(address, rows * layout.critics[0]!.at(-1)!.outputs));
  }

  /** One step of Adam on the critics, through their last {@link optionValues}. @param dValues dL/dQ_i, `[rows, options]` */
  descendCritics(dValues: readonly Float32Array[], learningRate: number): void {
    dValues.forEach((dQ, network) => {
      this.arena.view(this.dValues, dQ.length).set(dQ);
      this.critics[network]!.backward(this.observations, this.dValues, this.rows);
    });
    this.criticsAdam.step(learningRate);
  }

  /** One step of Adam on the critics, down Σ_i mean ½ (Q_i(s, a) − y)². @returns that loss, and the mean of Q_1 */
  regressCritics(
    { observations, actions }: ReplayBatch,
    y: Float32Array,
    learningRate: number,
  ): { criticLoss: number; value: number } {
    const { rows } = this;
    const dValues = this.arena.view(this.dValues, rows);
    let [criticLoss, value] = [0, 0];
    this.values(this.critics, observations, actions).forEach((q, network) => {
      for (let i = 0; i < rows; i++) {
        const error = q[i]! - y[i]!;
        dValues[i] = error / rows;
        criticLoss += (0.5 * error * error) / rows;
        if (network === 0) value += q[i]! / rows;
      }
      this.critics[network]!.backward(this.pairs, this.dValues, rows);
    });
    this.criticsAdam.step(learningRate);
    return { criticLoss, value };
  }

  /**
   * The gradient of −mean min_i Q_i(s, a) by the actions, through the last {@link values} of these critics.
   * @param values what those were @param dActions `[rows, actionSize]`, to be filled
   */
  actionGradient(critics: readonly KernelMlp[], values: readonly Float32Array[], dActions: Float32Array): void {
    const { rows } = this;
    const { observationSize, actionSize } = this.layout;
    const size = observationSize + actionSize;
    const dValues = this.arena.view(this.dValues, rows);
    const dPairs = this.arena.view(this.dPairs, rows * size);
    dActions.fill(0);
    critics.forEach((critic, network) => {
      // Each row's value is that of its lowest critic, the first one of equals.
      for (let i = 0; i < rows; i++) dValues[i] = lowest(values, i) === network ? -1 / rows : 0;
      critic.inputGradient(this.dValues, rows, this.dPairs);
      for (let i = 0; i < dActions.length; i++) {
        const row = Math.floor(i / actionSize);
        dActions[i]! += dPairs[row * size + observationSize + (i - row * actionSize)]!;
      }
    });
  }

  /** One step of Adam on the actor, through its last {@link head}. @param dHead dL/dhead, `[rows, outputs]` */
  descendActor(dHead: Float32Array, learningRate: number): void {
    this.arena.view(this.dHead, dHead.length).set(dHead);
    this.actor.backward(this.observations, this.dHead, this.rows);
    this.actorAdam.step(learningRate);
  }

  /** Lets the targets follow. */
  follow(tau: number): void {
    followLearnt(this.layout, this.arena.view(this.parameters, this.layout.size), tau);
  }

  actorParameters(): Float32Array {
    return this.arena.view(this.parameters, this.layout.actorSize).slice();
  }

  state(): Pick<OffPolicyState, "parameters" | "adam"> {
    return {
      parameters: this.arena.view(this.parameters, this.layout.size).slice(),
      adam: { actor: this.actorAdam.state(), critics: this.criticsAdam.state() },
    };
  }

  load({ parameters, adam }: Pick<OffPolicyState, "parameters" | "adam">): void {
    this.arena.view(this.parameters, parameters.length).set(parameters);
    this.actorAdam.restore(adam.actor);
    this.criticsAdam.restore(adam.critics);
  }

  /** Puts observations and actions side by side, for the critics. */
  private pair(observations: Float32Array, actions: Float32Array): void {
    const { rows } = this;
    const { observationSize, actionSize } = this.layout;
    const size = observationSize + actionSize;
    const pairs = this.arena.view(this.pairs, rows * size);
    for (let row = 0; row < rows; row++) {
      for (let j = 0; j < observationSize; j++) pairs[row * size + j] = observations[row * observationSize + j]!;
      for (let k = 0; k < actionSize; k++) pairs[row * size + observationSize + k] = actions[row * actionSize + k]!;
    }
  }
}

/** Which of the critics has the smallest value in a row. */
function lowest(values: readonly Float32Array[], row: number): number {
  let index = 0;
  for (let i = 1; i < values.length; i++) if (values[i]![row]! < values[index]![row]!) index = i;
  return index;
}
