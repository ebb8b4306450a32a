import type { Random } from "../../random.js";
import type { ReplayBatch } from "../../rollout/replayBuffer.js";
import { KernelActorCritic } from "../offPolicy/kernelActorCritic.js";
import { KernelLearner } from "../offPolicy/kernelLearner.js";
import type { ActorCriticLayout } from "../offPolicy/layout.js";
import type { OffPolicyState, OffPolicyUpdate } from "../offPolicy/learner.js";

export interface Td3Settings {
  /** Share of the way that the targets go towards the learnt networks. */
  readonly tau: number;
  /** d: updates of the critics for each one of the actor and the targets. */
  readonly policyDelay: number;
  /** σ̃ and c: the noise on the target's actions, and where it is cut. */
  readonly targetNoiseStd: number;
  readonly targetNoiseClip: number;
}

export interface Td3KernelLearnerOptions {
  readonly layout: ActorCriticLayout;
  readonly state: OffPolicyState;
  readonly settings: Td3Settings;
  /** Transitions of a batch. */
  readonly rows: number;
  readonly random: Random;
}

/**
 * The arithmetic of TD3 (Fujimoto et al. 2018, algorithm 1) on the SIMD kernels. With one critic, no delay and no noise on
 * the targets it is that of DDPG (Lillicrap et al. 2016, algorithm 1).
 */
export class Td3KernelLearner extends KernelLearner<OffPolicyState> {
  private step = 0;
  private lastActorLoss = 0;
  /** `[rows, actionSize]` */
  private readonly actions: Float32Array;
  private readonly dActions: Float32Array;
  /** `[rows]` */
  private readonly y: Float32Array;

  private constructor(
    networks: KernelActorCritic,
    private readonly options: Td3KernelLearnerOptions,
  ) {
    super(networks);
    const { layout, rows, state } = options;
    this.actions = new Float32Array(rows * layout.actionSize);
    this.dActions = new Float32Array(rows * layout.actionSize);
    this.y = new Float32Array(rows);
    this.load(state);
  }

  /** @throws InputError where WebAssembly has no SIMD */
  static async createAsync(options: Td3KernelLearnerOptions): Promise<Td3KernelLearner> {
    return new Td3KernelLearner(await KernelActorCritic.createAsync(options.layout, options.rows), options);
  }

  async stateAsync(): Promise<OffPolicyState> {
    return this.networks.state();
  }

  load(state: OffPolicyState): void {
    this.networks.load(state);
    this.step = state.adam.critics.step;
  }

  protected update(batch: ReplayBatch, learningRate: number): OffPolicyUpdate {
    const { policyDelay, tau } = this.options.settings;
    this.step++;
    this.setTargets(batch);
    const critics = this.networks.regressCritics(batch, this.y, learningRate);
    if (this.step % policyDelay === 0) {
      this.lastActorLoss = this.descendActor(batch, learningRate);
      this.networks.follow(tau);
    }
    return { ...critics, actorLoss: this.lastActorLoss };
  }

  /** y = r + γ min_i Q̄_i(s′, π̄(s′) + ε), ε ~ clip(N(0, σ̃), −c, c) (equation 14) */
  private setTargets({ rewards, nextObservations, discounts }: ReplayBatch): void {
    const { networks, actions, y } = this;
    const { targetNoiseStd: std, targetNoiseClip: bound } = this.options.settings;
    const head = networks.head(networks.targetActor!, nextObservations);
    for (let i = 0; i < actions.length; i++) {
      const noise = std > 0 ? clip(std * this.options.random.normal(), bound) : 0;
      actions[i] = clip(Math.tanh(head[i]!) + noise, 1);
    }
    const values = networks.values(networks.targetCritics, nextObservations, actions);
    for (let i = 0; i < y.length; i++) {
      y[i] = rewards[i]! + discounts[i]! * Math.min(...values.map((q) => q[i]!));
    }
  }

  /** One step down −mean Q_1(s, π(s)), the deterministic policy gradient (Silver et al. 2014, equation 9). @returns that loss */
  private descendActor({ observations }: ReplayBatch, learningRate: number): number {
    const { networks, actions, dActions } = this;
    const head = networks.head(networks.actor, observations);
    for (let i = 0; i < actions.length; i++) actions[i] = Math.tanh(head[i]!);
    const first = networks.critics.slice(0, 1);
    const values = networks.values(first, observations, actions);
    networks.actionGradient(first, values, dActions);
    // a = tanh(head)
    for (let i = 0; i < actions.length; i++) dActions[i]! *= 1 - actions[i]! * actions[i]!;
    networks.descendActor(dActions, learningRate);
    return -values[0]!.reduce((sum, q) => sum + q, 0) / values[0]!.length;
  }
}

function clip(value: number, bound: number): number {
  return Math.max(-bound, Math.min(bound, value));
}
