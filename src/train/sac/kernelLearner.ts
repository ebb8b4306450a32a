import { boundedLogStd, boundedLogStdSlope } from "../../nn/logStdRange.js";
import type { Random } from "../../random.js";
import type { ReplayBatch } from "../../rollout/replayBuffer.js";
import { KernelActorCritic } from "../offPolicy/kernelActorCritic.js";
import type { ActorCriticLayout } from "../offPolicy/layout.js";
import type { OffPolicyUpdate } from "../offPolicy/learner.js";
import { KernelSac } from "./kernelSac.js";
import type { SacSettings, SacState } from "./state.js";

export interface SacKernelLearnerOptions {
  readonly layout: ActorCriticLayout;
  readonly state: SacState;
  readonly settings: SacSettings;
  /** Transitions of a batch. */
  readonly rows: number;
  readonly random: Random;
}

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** SAC's arithmetic on the SIMD kernels, without a tape; its gradients are those of losses.ts, worked out by hand. */
export class SacKernelLearner extends KernelSac {
  /** `[rows, actionSize]`: noise, what it becomes under the policy, and `[rows]`: its log-probability. */
  private readonly noise: Float32Array;
  private readonly actions: Float32Array;
  private readonly logProbability: Float32Array;
  /** `[rows, actionSize]` and `[rows, 2 · actionSize]` */
  private readonly dActions: Float32Array;
  private readonly dHead: Float32Array;
  /** `[rows]` */
  private readonly y: Float32Array;

  private constructor(
    networks: KernelActorCritic,
    private readonly options: SacKernelLearnerOptions,
  ) {
    super(networks);
    const { layout, rows } = options;
    const size = rows * layout.actionSize;
    this.noise = new Float32Array(size);
    this.actions = new Float32Array(size);
    this.dActions = new Float32Array(size);
    this.dHead = new Float32Array(2 * size);
    this.logProbability = new Float32Array(rows);
    this.y = new Float32Array(rows);
    this.load(options.state);
  }

  /** @throws InputError where WebAssembly has no SIMD */
  static async createAsync(options: SacKernelLearnerOptions): Promise<SacKernelLearner> {
    return new SacKernelLearner(await KernelActorCritic.createAsync(options.layout, options.rows), options);
  }

  protected update(batch: ReplayBatch, learningRate: number): OffPolicyUpdate {
    const { networks, temperature } = this;
    const { tau, targetEntropy } = this.options.settings;
    this.setTargets(batch);
    const critics = networks.regressCritics(batch, this.y, learningRate);
    const { actorLoss, meanLogProbability } = this.actorGradient(batch);
    networks.descendActor(this.dHead, learningRate);
    temperature.descend(-(meanLogProbability + targetEntropy), learningRate);
    networks.follow(tau);
    return { ...critics, actorLoss, entropy: -meanLogProbability, temperature: temperature.alpha };
  }

  /** Draws actions into `actions`, and their log-probabilities. @returns the head that they come from */
  private sample(observations: Float32Array): Float32Array {
    const { layout, rows, random } = this.options;
    const { actionSize } = layout;
    const { noise } = this;
    for (let i = 0; i < noise.length; i++) noise[i] = random.normal();
    const head = this.networks.head(this.networks.actor, observations);
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let k = 0; k < actionSize; k++) {
        const i = row * actionSize + k;
        const at = row * 2 * actionSize + k;
        const logStd = boundedLogStd(head[at + actionSize]!);
        const u = head[at]! + Math.exp(logStd) * noise[i]!;
        this.actions[i] = Math.tanh(u);
        sum += -0.5 * noise[i]! * noise[i]! - logStd - HALF_LOG_TWO_PI - 2 * (Math.LN2 - u - softplus(-2 * u));
      }
      this.logProbability[row] = sum;
    }
    return head;
  }

  /** y = r + γ (min_i Q̄_i(s′, a′) − α log π(a′|s′)) */
  private setTargets({ rewards, nextObservations, discounts }: ReplayBatch): void {
    const { networks, y } = this;
    this.sample(nextObservations);
    const [first, second] = networks.values(networks.targetCritics, nextObservations, this.actions);
    const { alpha } = this.temperature;
    for (let i = 0; i < y.length; i++) {
      const soft = Math.min(first![i]!, second![i]!) - alpha * this.logProbability[i]!;
      y[i] = rewards[i]! + discounts[i]! * soft;
    }
  }

  /** Puts the gradient of mean(α log π(a|s) − min_i Q_i(s, a)), through the actions, into `dHead`. */
  private actorGradient({ observations }: ReplayBatch): { actorLoss: number; meanLogProbability: number } {
    const { networks, actions, dActions, dHead } = this;
    const { layout, rows } = this.options;
    const { actionSize } = layout;
    const head = this.sample(observations);
    const values = networks.values(networks.critics, observations, actions);
    const { alpha } = this.temperature;
    let [actorLoss, meanLogProbability] = [0, 0];
    for (let i = 0; i < rows; i++) {
      actorLoss += (alpha * this.logProbability[i]! - Math.min(values[0]![i]!, values[1]![i]!)) / rows;
      meanLogProbability += this.logProbability[i]! / rows;
    }
    networks.actionGradient(networks.critics, values, dActions);
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < actionSize; k++) {
        const i = row * actionSize + k;
        const at = row * 2 * actionSize + k;
        const a = actions[i]!;
        const raw = head[at + actionSize]!;
        // dL/du = dL/da (1 − a²) + α d log π/du, and of −log(1 − tanh² u) that is 2a; u = μ + σε
        const du = dActions[i]! * (1 - a * a) + (alpha * 2 * a) / rows;
        const dLogStd = du * Math.exp(boundedLogStd(raw)) * this.noise[i]! - alpha / rows;
        dHead[at] = du;
        dHead[at + actionSize] = dLogStd * boundedLogStdSlope(raw);
      }
    }
    return { actorLoss, meanLogProbability };
  }
}

/** log(1 + eˣ), without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
