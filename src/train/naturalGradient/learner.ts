import { dot } from "../../nn/dot.js";
import { KernelArena } from "../../nn/kernels/arena.js";
import { KernelAdam } from "../../nn/kernels/kernelAdam.js";
import { KernelMlp } from "../../nn/kernels/kernelMlp.js";
import type { Random } from "../../random.js";
import { logStdOf, type OnPolicyLayout } from "../onPolicy/layout.js";
import type {
  LearnSettings,
  OnPolicyBatch,
  OnPolicyLearner,
  OnPolicyState,
  OnPolicyUpdate,
} from "../onPolicy/learner.js";
import { Minibatches } from "../onPolicy/minibatches.js";
import { LOSSES, PpoHeadGradient } from "../ppo/headGradient.js";
import { normalizeAdvantages } from "../ppo/losses.js";
import { conjugateGradient } from "./conjugateGradient.js";
import { DistributionMetric, type Distributions } from "./distributionMetric.js";

/** How far the policy goes along its natural gradient x = F⁻¹ g. */
export interface NaturalStep {
  /** The most products with F that finding x takes. */
  readonly cgIterations: number;
  /** Added to the diagonal of F. */
  readonly cgDamping: number;
  /** A step of a given size, or the one whose KL divergence is `kl` to second order, √(2 kl / xᵀFx). */
  readonly size: { readonly fixed: number } | { readonly kl: number };
  /** Steps that are tried, each 0.8 times the last, until the surrogate rises and the divergence is within `kl`; 1: none but the first. */
  readonly tries: number;
}

export interface NaturalGradientOptions {
  readonly layout: OnPolicyLayout;
  readonly state: OnPolicyState;
  readonly step: NaturalStep;
  /** Rows of a batch. */
  readonly rows: number;
  readonly random: Random;
}

/** What remains of a step that was too long. */
const BACKTRACK = 0.8;
const ADAM_EPSILON = 1e-5;

/**
 * Policies that follow the natural gradient (Kakade 2001): F⁻¹ g by conjugate gradients, with products F v in the Gauss–Newton
 * form F = mean Jᵀ M J, so that no second derivative is needed; then a step of a fixed size (NPG), of a fixed divergence
 * (TNPG, Duan et al. 2016) or that with a line search (TRPO, Schulman et al. 2015, appendix C). The critic learns by Adam.
 */
export class NaturalGradientLearner implements OnPolicyLearner {
  private readonly actor: KernelMlp;
  private readonly critic: KernelMlp;
  private readonly adam: KernelAdam;
  private readonly headGradient: PpoHeadGradient;
  private readonly metric: DistributionMetric;
  private readonly headSize: number;
  /** Numbers of the policy: actor, then log σ. */
  private readonly policySize: number;
  // Addresses in the arena.
  private readonly parameters: number;
  private readonly gradients: number;
  private readonly direction: number;
  private readonly observations: number;
  private readonly dHead: number;
  private readonly dValues: number;
  /** `[rows, observationSize]`, for the critic's minibatches. */
  private readonly minibatch: number;

  private constructor(
    private readonly arena: KernelArena,
    private readonly options: NaturalGradientOptions,
  ) {
    const { layout, rows } = options;
    const { size, observationSize, activation, actionSpec } = layout;
    this.headSize = layout.actor.at(-1)!.outputs;
    this.policySize = layout.logStd + actionSpec.continuous;
    this.parameters = arena.place(size);
    this.gradients = arena.place(size);
    this.direction = arena.place(this.policySize);
    this.observations = arena.place(rows * observationSize);
    this.minibatch = arena.place(rows * observationSize);
    this.dHead = arena.place(rows * this.headSize);
    this.dValues = arena.place(rows);
    const { parameters, gradients } = this;
    const shared = { activation, parameters, gradients, maxRows: rows };
    this.actor = new KernelMlp(arena, { ...shared, layers: layout.actor });
    this.critic = new KernelMlp(arena, { ...shared, layers: layout.critic });
    this.adam = new KernelAdam(arena, { parameters, gradients, size, epsilon: ADAM_EPSILON });
    this.headGradient = new PpoHeadGradient(actionSpec);
    this.metric = new DistributionMetric(actionSpec);
    this.load(options.state);
  }

  /** @throws InputError where WebAssembly has no SIMD */
  static async createAsync(options: NaturalGradientOptions): Promise<NaturalGradientLearner> {
    return new NaturalGradientLearner(await KernelArena.createAsync(), options);
  }

  async updateAsync(batch: OnPolicyBatch, settings: LearnSettings): Promise<OnPolicyUpdate> {
    this.arena.view(this.observations, batch.observations.length).set(batch.observations);
    const advantages = batch.advantages.slice();
    if (settings.normalizeAdvantages) normalizeAdvantages(advantages);
    const policy = this.improvePolicy({ ...batch, advantages }, settings);
    const valueLoss = this.fitCritic(batch, settings);
    return { ...policy, valueLoss, clipFraction: 0, epochs: settings.epochs };
  }

  /** What the policy says in the states of the last batch; views, good until it changes or is asked again. */
  distributions(rows: number): Distributions {
    const { layout } = this.options;
    const head = this.arena.view(this.actor.forward(this.observations, rows), rows * this.headSize);
    return { head, logStd: logStdOf(layout, this.arena.view(this.parameters, layout.size)) };
  }

  /** F v of the policy in the states of the last batch, without damping; its last forward pass has to be at F. */
  fisherProduct(v: Float64Array, at: Distributions, masks: Float32Array, rows: number): Float64Array {
    const { layout } = this.options;
    this.arena.view(this.direction, this.policySize).set(v);
    const dHead = this.arena.view(this.actor.tangent(this.observations, this.direction, rows), rows * this.headSize);
    this.metric.apply(at, masks, rows, dHead);
    this.arena.view(this.dHead, dHead.length).set(dHead);
    this.actor.backward(this.observations, this.dHead, rows);
    const result = Float64Array.from(this.arena.view(this.gradients, this.policySize));
    // The Fisher matrix of a Gaussian by log σ is 2 in every state.
    for (let i = layout.logStd; i < this.policySize; i++) result[i] = 2 * v[i]!;
    return result;
  }

  stateAsync(): Promise<OnPolicyState> {
    const parameters = this.arena.view(this.parameters, this.options.layout.size).slice();
    return Promise.resolve({ parameters, adam: this.adam.state() });
  }

  load({ parameters, adam }: OnPolicyState): void {
    this.arena.view(this.parameters, parameters.length).set(parameters);
    this.adam.restore(adam);
  }

  dispose(): void {}

  private improvePolicy(
    batch: OnPolicyBatch,
    settings: LearnSettings,
  ): Pick<OnPolicyUpdate, "policyLoss" | "entropy" | "approximateKl"> {
    const { cgIterations, cgDamping, size, tries } = this.options.step;
    const { size: rows, masks } = batch;
    const before = this.evaluate(batch, settings);
    this.actor.backward(this.observations, this.dHead, rows);
    // The gradient of the loss; b is what to climb.
    const b = Float64Array.from(this.arena.view(this.gradients, this.policySize), (value) => -value);
    const old: Distributions = { head: before.head.slice(), logStd: before.logStd.slice() };
    b.set(
      before.dLogStd.map((value) => -value),
      this.options.layout.logStd,
    );
    const product = (v: Float64Array) => {
      const result = this.fisherProduct(v, old, masks, rows);
      for (let i = 0; i < v.length; i++) result[i]! += cgDamping * v[i]!;
      return result;
    };
    const x = conjugateGradient(product, b, cgIterations);
    const xFx = dot(x, product(x));
    let step = "fixed" in size ? size.fixed : Math.sqrt((2 * size.kl) / Math.max(xFx, 1e-12));
    const policy = this.arena.view(this.parameters, this.policySize);
    const from = policy.slice();
    let after = { policyLoss: before.policyLoss, entropy: before.entropy, approximateKl: 0 };
    for (let k = 0; k < tries; k++, step *= BACKTRACK) {
      for (let i = 0; i < from.length; i++) policy[i] = from[i]! + step * x[i]!;
      const tried = this.evaluate(batch, settings);
      const kl = this.metric.divergence(old, tried, masks, rows);
      const isGood = tried.policyLoss < before.policyLoss && (!("kl" in size) || kl <= size.kl);
      if (tries === 1 || isGood) {
        after = { policyLoss: tried.policyLoss, entropy: tried.entropy, approximateKl: kl };
        return after;
      }
    }
    // No step was good: the policy stays as it is.
    policy.set(from);
    return after;
  }

  /** The loss −mean r A − c H and what it depends on; its gradient by the head is in `dHead`. */
  private evaluate(batch: OnPolicyBatch, settings: LearnSettings) {
    const rows = batch.size;
    const { head, logStd } = this.distributions(rows);
    const dLogStd = new Float32Array(logStd.length);
    const losses = new Float32Array(LOSSES);
    this.headGradient.compute(
      { ...batch, rows, minibatchRows: rows, head, logStd, values: new Float32Array(rows) },
      { epsilon: Number.POSITIVE_INFINITY, valueCoefficient: 0, entropyCoefficient: settings.entropyCoefficient },
      { head: this.arena.view(this.dHead, rows * this.headSize), logStd: dLogStd, values: new Float32Array(rows) },
      losses,
    );
    const policyLoss = losses[0]! - settings.entropyCoefficient * losses[2]!;
    return { head, logStd, dLogStd, policyLoss, entropy: losses[2]! };
  }

  /** Passes of Adam over shuffled minibatches, down ½ (V − R)². @returns the mean of that */
  private fitCritic({ observations, returns, size }: OnPolicyBatch, settings: LearnSettings): number {
    const { observationSize } = this.options.layout;
    const minibatches = new Minibatches(size, settings.batchSize);
    this.arena.view(this.gradients, this.policySize).fill(0);
    let [loss, steps] = [0, 0];
    for (let epoch = 0; epoch < settings.epochs; epoch++) {
      for (const indices of minibatches.shuffled(this.options.random)) {
        const rows = indices.length;
        const input = this.arena.view(this.minibatch, rows * observationSize);
        indices.forEach((row, i) => {
          input.set(observations.subarray(row * observationSize, (row + 1) * observationSize), i * observationSize);
        });
        const values = this.arena.view(this.critic.forward(this.minibatch, rows), rows);
        const dValues = this.arena.view(this.dValues, rows);
        indices.forEach((row, i) => {
          const error = values[i]! - returns[row]!;
          dValues[i] = error / rows;
          loss += (0.5 * error * error) / rows;
        });
        this.critic.backward(this.minibatch, this.dValues, rows);
        this.adam.step(settings.learningRate);
        steps++;
      }
    }
    return loss / Math.max(steps, 1);
  }
}
