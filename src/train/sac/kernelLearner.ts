import { KernelArena } from "../../nn/kernels/arena.js";
import { KernelMlp } from "../../nn/kernels/kernelMlp.js";
import type { LayerPlace } from "../../nn/layerPlaces.js";
import { boundedLogStd, boundedLogStdSlope } from "../../nn/logStdRange.js";
import type { Random } from "../../random.js";
import type { ReplayBatch } from "../../rollout/replayBuffer.js";
import { ADAM, type SacLearner, type SacSettings, type SacUpdate } from "./learner.js";
import type { SacLayout, SacState } from "./parameters.js";

export interface SacKernelLearnerOptions {
  readonly layout: SacLayout;
  readonly state: SacState;
  /** Transitions of a batch. */
  readonly rows: number;
  readonly random: Random;
}

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** SAC's arithmetic on the SIMD kernels, without a tape; its gradients are those of losses.ts, worked out by hand. */
export class SacKernelLearner implements SacLearner {
  private step = 0;
  private logAlpha = 0;
  private logAlphaMean = 0;
  private logAlphaSquare = 0;
  private readonly actor: KernelMlp;
  private readonly critics: readonly [KernelMlp, KernelMlp];
  private readonly targets: readonly [KernelMlp, KernelMlp];
  // Addresses in the arena.
  private readonly parameters: number;
  private readonly gradients: number;
  private readonly means: number;
  private readonly squares: number;
  /** `[rows, observationSize]` and `[rows, observationSize + actionSize]` */
  private readonly observations: number;
  private readonly pairs: number;
  /** `[rows, 2 · actionSize]` and `[rows]` */
  private readonly dHead: number;
  private readonly dValues: number;
  /** Of both critics, by the pairs: `[rows, observationSize + actionSize]` */
  private readonly dPairs: readonly [number, number];
  /** `[rows, actionSize]`: noise, what it becomes under the policy, and `[rows]`: its log-probability. */
  private readonly noise: Float32Array;
  private readonly actions: Float32Array;
  private readonly logProbability: Float32Array;
  /** `[rows]` */
  private readonly y: Float32Array;

  private constructor(
    private readonly arena: KernelArena,
    private readonly options: SacKernelLearnerOptions,
  ) {
    const { layout, rows } = options;
    const { activation, observationSize, actionSize, actorSize, criticsSize, size } = layout;
    const learnt = actorSize + criticsSize;
    this.parameters = arena.place(size);
    this.gradients = arena.place(learnt);
    this.means = arena.place(learnt);
    this.squares = arena.place(learnt);
    this.observations = arena.place(rows * observationSize);
    const pairSize = observationSize + actionSize;
    this.pairs = arena.place(rows * pairSize);
    this.dHead = arena.place(rows * 2 * actionSize);
    this.dValues = arena.place(rows);
    this.dPairs = [arena.place(rows * pairSize), arena.place(rows * pairSize)];
    const { parameters, gradients } = this;
    const network = (layers: readonly LayerPlace[]) =>
      new KernelMlp(arena, { layers, activation, parameters, gradients, maxRows: rows });
    this.actor = network(layout.actor);
    this.critics = [network(layout.critics[0]), network(layout.critics[1])];
    this.targets = [network(layout.targets[0]), network(layout.targets[1])];
    this.noise = new Float32Array(rows * actionSize);
    this.actions = new Float32Array(rows * actionSize);
    this.logProbability = new Float32Array(rows);
    this.y = new Float32Array(rows);
    this.load(options.state);
  }

  /** @throws InputError where WebAssembly has no SIMD */
  static async createAsync(options: SacKernelLearnerOptions): Promise<SacKernelLearner> {
    return new SacKernelLearner(await KernelArena.createAsync(), options);
  }

  async updateAsync(batches: Iterable<ReplayBatch>, settings: SacSettings): Promise<SacUpdate> {
    const sums = { criticLoss: 0, actorLoss: 0, entropy: 0, temperature: 0, value: 0 };
    let count = 0;
    for (const batch of batches) {
      const update = this.update(batch, settings);
      for (const name of Object.keys(sums) as (keyof SacUpdate)[]) sums[name] += update[name];
      count++;
    }
    for (const name of Object.keys(sums) as (keyof SacUpdate)[]) sums[name] /= count;
    return sums;
  }

  async actorAsync(): Promise<Float32Array> {
    return this.arena.view(this.parameters, this.options.layout.actorSize).slice();
  }

  async stateAsync(): Promise<SacState> {
    const { layout } = this.options;
    const copy = (address: number, size: number) => this.arena.view(address, size).slice();
    const learnt = layout.actorSize + layout.criticsSize;
    return {
      parameters: copy(this.parameters, layout.size),
      logAlpha: this.logAlpha,
      moments: {
        step: this.step,
        mean: copy(this.means, learnt),
        square: copy(this.squares, learnt),
        logAlphaMean: this.logAlphaMean,
        logAlphaSquare: this.logAlphaSquare,
      },
    };
  }

  load({ parameters, logAlpha, moments }: SacState): void {
    this.arena.view(this.parameters, parameters.length).set(parameters);
    this.arena.view(this.means, moments.mean.length).set(moments.mean);
    this.arena.view(this.squares, moments.square.length).set(moments.square);
    this.step = moments.step;
    this.logAlpha = logAlpha;
    this.logAlphaMean = moments.logAlphaMean;
    this.logAlphaSquare = moments.logAlphaSquare;
  }

  dispose(): void {}

  private update(batch: ReplayBatch, settings: SacSettings): SacUpdate {
    const { learningRate, tau, targetEntropy } = settings;
    const { actorSize, criticsSize } = this.options.layout;
    this.step++;
    this.draw();
    this.setTargets(batch);
    const { criticLoss, value } = this.criticGradient(batch);
    this.descend(actorSize, criticsSize, learningRate);
    this.draw();
    const { actorLoss, meanLogProbability } = this.actorGradient(batch);
    this.descend(0, actorSize, learningRate);
    this.descendTemperature(-(meanLogProbability + targetEntropy), learningRate);
    this.followCritics(tau);
    return {
      criticLoss,
      actorLoss,
      entropy: -meanLogProbability,
      temperature: Math.exp(this.logAlpha),
      value,
    };
  }

  private draw(): void {
    for (let i = 0; i < this.noise.length; i++) this.noise[i] = this.options.random.normal();
  }

  /** Puts actions for the noise into `actions`, and their log-probabilities. @returns the head that they come from */
  private sample(observations: Float32Array): Float32Array {
    const { layout, rows } = this.options;
    const { observationSize, actionSize } = layout;
    this.arena.view(this.observations, rows * observationSize).set(observations);
    const head = this.arena.view(this.actor.forward(this.observations, rows), rows * 2 * actionSize);
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let k = 0; k < actionSize; k++) {
        const i = row * actionSize + k;
        const at = row * 2 * actionSize + k;
        const noise = this.noise[i]!;
        const logStd = boundedLogStd(head[at + actionSize]!);
        const u = head[at]! + Math.exp(logStd) * noise;
        this.actions[i] = Math.tanh(u);
        sum += -0.5 * noise * noise - logStd - HALF_LOG_TWO_PI - 2 * (Math.LN2 - u - softplus(-2 * u));
      }
      this.logProbability[row] = sum;
    }
    return head;
  }

  /** Puts observations and actions side by side, for the critics. */
  private pair(observations: Float32Array, actions: Float32Array): void {
    const { layout, rows } = this.options;
    const { observationSize, actionSize } = layout;
    const size = observationSize + actionSize;
    const pairs = this.arena.view(this.pairs, rows * size);
    for (let row = 0; row < rows; row++) {
      for (let j = 0; j < observationSize; j++) pairs[row * size + j] = observations[row * observationSize + j]!;
      for (let k = 0; k < actionSize; k++) pairs[row * size + observationSize + k] = actions[row * actionSize + k]!;
    }
  }

  private values([first, second]: readonly [KernelMlp, KernelMlp]): readonly [Float32Array, Float32Array] {
    const { rows } = this.options;
    const of = (network: KernelMlp) => this.arena.view(network.forward(this.pairs, rows), rows);
    return [of(first), of(second)];
  }

  /** y = r + γ (min_i Q̄_i(s′, a′) − α log π(a′|s′)) */
  private setTargets({ rewards, nextObservations, discounts }: ReplayBatch): void {
    this.sample(nextObservations);
    this.pair(nextObservations, this.actions);
    const [first, second] = this.values(this.targets);
    const alpha = Math.exp(this.logAlpha);
    for (let i = 0; i < this.y.length; i++) {
      const soft = Math.min(first[i]!, second[i]!) - alpha * this.logProbability[i]!;
      this.y[i] = rewards[i]! + discounts[i]! * soft;
    }
  }

  /** Of Σ_i mean ½ (Q_i − y)². */
  private criticGradient({ observations, actions }: ReplayBatch): { criticLoss: number; value: number } {
    const { rows } = this.options;
    this.pair(observations, actions);
    const dValues = this.arena.view(this.dValues, rows);
    let [criticLoss, value] = [0, 0];
    this.values(this.critics).forEach((q, network) => {
      for (let i = 0; i < rows; i++) {
        const error = q[i]! - this.y[i]!;
        dValues[i] = error / rows;
        criticLoss += (0.5 * error * error) / rows;
        if (network === 0) value += q[i]! / rows;
      }
      this.critics[network]!.backward(this.pairs, this.dValues, rows);
    });
    return { criticLoss, value };
  }

  /** Of mean(α log π(a|s) − min_i Q_i(s, a)), through the actions. */
  private actorGradient({ observations }: ReplayBatch): { actorLoss: number; meanLogProbability: number } {
    const { layout, rows } = this.options;
    const { observationSize, actionSize } = layout;
    const head = this.sample(observations);
    this.pair(observations, this.actions);
    const values = this.values(this.critics);
    const alpha = Math.exp(this.logAlpha);
    let [actorLoss, meanLogProbability] = [0, 0];
    for (let i = 0; i < rows; i++) {
      actorLoss += (alpha * this.logProbability[i]! - Math.min(values[0][i]!, values[1][i]!)) / rows;
      meanLogProbability += this.logProbability[i]! / rows;
    }
    // Each row's value is that of the lower critic.
    const dValues = this.arena.view(this.dValues, rows);
    this.critics.forEach((critic, network) => {
      const [own, other] = [values[network]!, values[1 - network]!];
      for (let i = 0; i < rows; i++) {
        const lower = own[i]! < other[i]! || (own[i] === other[i] && network === 0);
        dValues[i] = lower ? -1 / rows : 0;
      }
      critic.inputGradient(this.dValues, rows, this.dPairs[network]!);
    });
    const size = observationSize + actionSize;
    const [first, second] = this.dPairs.map((address) => this.arena.view(address, rows * size)) as [
      Float32Array,
      Float32Array,
    ];
    const dHead = this.arena.view(this.dHead, rows * 2 * actionSize);
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < actionSize; k++) {
        const i = row * actionSize + k;
        const at = row * 2 * actionSize + k;
        const a = this.actions[i]!;
        const pairAt = row * size + observationSize + k;
        const raw = head[at + actionSize]!;
        const std = Math.exp(boundedLogStd(raw));
        // dL/du = dL/da (1 − a²) + α d log π/du, and of −log(1 − tanh² u) that is 2a; u = μ + σε
        const du = (first[pairAt]! + second[pairAt]!) * (1 - a * a) + (alpha * 2 * a) / rows;
        const dLogStd = du * std * this.noise[i]! - alpha / rows;
        dHead[at] = du;
        dHead[at + actionSize] = dLogStd * boundedLogStdSlope(raw);
      }
    }
    this.actor.backward(this.observations, this.dHead, rows);
    return { actorLoss, meanLogProbability };
  }

  /** One step of Adam on part of what is learnt. */
  private descend(offset: number, size: number, learningRate: number): void {
    const at = (address: number) => address + 4 * offset;
    const { rate, epsilon } = this.adamFactors(learningRate);
    this.arena.kernels.adam(
      at(this.parameters),
      at(this.gradients),
      at(this.means),
      at(this.squares),
      size,
      1,
      1 - ADAM.beta1,
      1 - ADAM.beta2,
      rate,
      epsilon,
    );
  }

  private descendTemperature(gradient: number, learningRate: number): void {
    const { rate, epsilon } = this.adamFactors(learningRate);
    this.logAlphaMean += (1 - ADAM.beta1) * (gradient - this.logAlphaMean);
    this.logAlphaSquare += (1 - ADAM.beta2) * (gradient * gradient - this.logAlphaSquare);
    this.logAlpha -= (rate * this.logAlphaMean) / (Math.sqrt(this.logAlphaSquare) + epsilon);
  }

  /** θ ← θ − α m̂ / (√v̂ + ε), numerator and denominator times √(1 − β2ᵗ). */
  private adamFactors(learningRate: number): { rate: number; epsilon: number } {
    const rootCorrection = Math.sqrt(1 - ADAM.beta2 ** this.step);
    return {
      rate: (learningRate * rootCorrection) / (1 - ADAM.beta1 ** this.step),
      epsilon: ADAM.epsilon * rootCorrection,
    };
  }

  /** θ′ ← θ′ + τ (θ − θ′) */
  private followCritics(tau: number): void {
    const { actorSize, criticsSize, size } = this.options.layout;
    const all = this.arena.view(this.parameters, size);
    const offset = criticsSize;
    for (let i = actorSize; i < actorSize + criticsSize; i++) all[i + offset]! += tau * (all[i]! - all[i + offset]!);
  }
}

/** log(1 + eˣ), without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
