import type { ReplayBatch } from "../../rollout/replayBuffer.js";
import { KernelActorCritic } from "../offPolicy/kernelActorCritic.js";
import type { ActorCriticLayout } from "../offPolicy/layout.js";
import type { OffPolicyUpdate } from "../offPolicy/learner.js";
import { actorGradient, criticGradient, largestEntropy, logProbabilities, softValues } from "./discreteLosses.js";
import { KernelSac } from "./kernelSac.js";
import type { SacSettings, SacState } from "./state.js";

/**
 * Share of the largest entropy that is the target unless another is set, as in ML-Agents. The paper's 0.98 keeps the policy
 * all but uniform, which is more than most tasks bear.
 */
const TARGET_ENTROPY_SHARE = 0.2;

export interface DiscreteSacLearnerOptions {
  readonly layout: ActorCriticLayout;
  readonly state: SacState;
  /** A target entropy of null: a share of the largest one. */
  readonly settings: Omit<SacSettings, "targetEntropy"> & { readonly targetEntropy: number | null };
  /** Transitions of a batch. */
  readonly rows: number;
}

/**
 * Soft actor-critic for discrete actions (Christodoulou 2019, arXiv 1910.07207) on the SIMD kernels. Nothing is drawn: the
 * policy's probabilities weigh all options, see discreteLosses.ts. Options that a mask forbids have the probability 0, in
 * the targets as in the policy's own loss.
 */
export class DiscreteSacLearner extends KernelSac {
  private readonly discrete: readonly number[];
  /** `[rows, options]` each: log π, dL/dlogits, and dL/dQ of both critics */
  private readonly logP: Float32Array;
  private readonly dLogits: Float32Array;
  private readonly dValues: readonly [Float32Array, Float32Array];
  /** `[rows]` */
  private readonly y: Float32Array;

  private constructor(
    networks: KernelActorCritic,
    private readonly options: DiscreteSacLearnerOptions,
  ) {
    super(networks);
    const { layout, rows } = options;
    const perOption = () => new Float32Array(rows * layout.actor.at(-1)!.outputs);
    this.discrete = layout.discrete!;
    this.logP = perOption();
    this.dLogits = perOption();
    this.dValues = [perOption(), perOption()];
    this.y = new Float32Array(rows);
    this.load(options.state);
  }

  /** @throws InputError where WebAssembly has no SIMD */
  static async createAsync(options: DiscreteSacLearnerOptions): Promise<DiscreteSacLearner> {
    return new DiscreteSacLearner(await KernelActorCritic.createAsync(options.layout, options.rows), options);
  }

  protected update(batch: ReplayBatch, learningRate: number): OffPolicyUpdate {
    const { networks, temperature, discrete } = this;
    const { settings, rows } = this.options;
    this.setTargets(batch);
    const critics = this.regressCritics(batch, learningRate);
    const { actorLoss, entropy } = this.descendActor(batch, learningRate);
    const target = settings.targetEntropy ?? TARGET_ENTROPY_SHARE * largestEntropy(discrete, rows, batch.masks!.before);
    // −log α (Σ_b π_bᵀ log π_b + H̄) (equation 11, with log α in place of α as the authors' code has it)
    temperature.descend(entropy - target, learningRate);
    networks.follow(settings.tau);
    return { ...critics, actorLoss, entropy, temperature: temperature.alpha };
  }

  /** y = r + γ V̄(s′) */
  private setTargets({ rewards, nextObservations, discounts, masks }: ReplayBatch): void {
    const { networks, y } = this;
    this.readPolicy(nextObservations, masks!.after);
    const values = networks.optionValues(networks.targetCritics, nextObservations);
    softValues(this.discrete, this.logP, twins(values), this.temperature.alpha, y);
    for (let i = 0; i < y.length; i++) y[i] = rewards[i]! + discounts[i]! * y[i]!;
  }

  private regressCritics({ observations, actions }: ReplayBatch, learningRate: number) {
    const { networks, dValues, y } = this;
    const values = networks.optionValues(networks.critics, observations);
    const [first, second] = twins(values.map((q, i) => criticGradient(this.discrete, q, actions, y, dValues[i]!)));
    networks.descendCritics(dValues, learningRate);
    return { criticLoss: first.loss + second.loss, value: first.value };
  }

  private descendActor({ observations, masks }: ReplayBatch, learningRate: number) {
    const { networks, discrete, logP, dLogits } = this;
    this.readPolicy(observations, masks!.before);
    const values = twins(networks.optionValues(networks.critics, observations));
    const losses = actorGradient(discrete, this.options.rows, logP, values, this.temperature.alpha, dLogits);
    networks.descendActor(dLogits, learningRate);
    return losses;
  }

  /** Puts log π(·|s) into `logP`. */
  private readPolicy(observations: Float32Array, masks: Float32Array): void {
    logProbabilities(this.discrete, this.networks.head(this.networks.actor, observations), masks, this.logP);
  }
}

function twins<T>([first, second]: readonly T[]): readonly [T, T] {
  return [first!, second!];
}
