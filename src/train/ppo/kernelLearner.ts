import type { MirrorMap } from "../../body/mirror.js";
import { KernelArena } from "../../nn/kernels/arena.js";
import { KernelAdam } from "../../nn/kernels/kernelAdam.js";
import { KernelMlp } from "../../nn/kernels/kernelMlp.js";
import type { OptimizedPlaces, Optimizer } from "../../nn/optimizer.js";
import { actionSize, maskSize } from "../../policy/policy.js";
import type { Random } from "../../random.js";
import { ALONE, type Exchange } from "../../workers/exchange.js";
import { logStdOf, type OnPolicyLayout } from "../onPolicy/layout.js";
import type {
  LearnSettings,
  OnPolicyBatch,
  OnPolicyLearner,
  OnPolicyState,
  OnPolicyUpdate,
} from "../onPolicy/learner.js";
import { type HeadGradients, type HeadRows, LOSSES, PpoHeadGradient } from "./headGradient.js";
import { addSymmetryGradient } from "./symmetry.js";

export interface KernelLearnerOptions {
  readonly layout: OnPolicyLayout;
  readonly state: OnPolicyState;
  /** Gradients are scaled down to at most this norm; null leaves them as they are. */
  readonly maxGradNorm: number | null;
  /** The most rows of a gradient step or of a forward pass of this learner. */
  readonly maxRows: number;
  /** What actions become in the mirror, for a policy that is to be symmetric; null or absent: it need not be. */
  readonly mirror?: MirrorMap | null;
  /** Shuffles the batch. */
  readonly random: Random;
  /** What makes the steps. Default Adam. */
  readonly createOptimizer?: ((arena: KernelArena, places: OptimizedPlaces) => Optimizer) | undefined;
  /** Called after each gradient step, for signs of life. */
  readonly onStep?: (() => void) | undefined;
}

/** Adam's ε as is usual for PPO. */
const EPSILON = 1e-5;

/**
 * PPO's arithmetic on the SIMD kernels, without a tape: forward, gradient of the head by hand, backward, Adam.
 *
 * Several of these learn as one when they share an {@link Exchange}: each takes its share of every minibatch from its
 * own batch, the gradients are added up, and each makes the same step of Adam. Their parameters stay equal to the last
 * bit, so nothing else has to be exchanged.
 */
export class KernelLearner implements OnPolicyLearner {
  /** The group that this learner belongs to. */
  exchange: Exchange = ALONE;
  private readonly actor: KernelMlp;
  private readonly critic: KernelMlp;
  private readonly headGradient: PpoHeadGradient;
  private readonly headSize: number;
  private readonly actionSize: number;
  private readonly maskSize: number;
  /** The rows of one gradient step that the head needs, `[maxRows, …]` each. */
  private readonly minibatch: Pick<HeadRows, "actions" | "masks" | "logProbabilities" | "advantages" | "returns">;
  // Addresses in the arena.
  private readonly parameters: number;
  private readonly gradients: number;
  private readonly optimizer: Optimizer;
  private readonly input: number;
  /** What the critic judges, where that is not what the actor sees; else the same place. */
  private readonly judged: number;
  private readonly judgedSize: number;
  private readonly dHead: number;
  private readonly dValues: number;

  private constructor(
    private readonly arena: KernelArena,
    private readonly options: KernelLearnerOptions,
  ) {
    const { layout, maxRows, maxGradNorm } = options;
    const { size, observationSize, activation } = layout;
    this.parameters = arena.place(size);
    // The losses travel with the gradients, so that one sum over the group serves both.
    this.gradients = arena.place(size + LOSSES);
    this.headSize = layout.actor.at(-1)!.outputs;
    this.actionSize = actionSize(layout.actionSpec);
    this.maskSize = maskSize(layout.actionSpec);
    this.minibatch = {
      actions: new Float32Array(maxRows * this.actionSize),
      masks: new Float32Array(maxRows * this.maskSize),
      logProbabilities: new Float32Array(maxRows),
      advantages: new Float32Array(maxRows),
      returns: new Float32Array(maxRows),
    };
    this.headGradient = new PpoHeadGradient(layout.actionSpec);
    // The mirror images of a minibatch follow it.
    const actorRows = options.mirror ? 2 * maxRows : maxRows;
    this.input = arena.place(actorRows * observationSize);
    this.judgedSize = layout.critic[0]!.inputs;
    this.judged = this.judgedSize === observationSize ? this.input : arena.place(maxRows * this.judgedSize);
    this.dHead = arena.place(actorRows * this.headSize);
    this.dValues = arena.place(maxRows);
    const { parameters, gradients } = this;
    const { createOptimizer = (arena, places) => new KernelAdam(arena, { ...places, epsilon: EPSILON }) } = options;
    this.optimizer = createOptimizer(arena, { parameters, gradients, size, maxGradNorm });
    const shared = { activation, parameters, gradients };
    this.actor = new KernelMlp(arena, { ...shared, maxRows: actorRows, layers: layout.actor });
    this.critic = new KernelMlp(arena, { ...shared, maxRows, layers: layout.critic });
    this.load(options.state);
  }

  /** @throws InputError where WebAssembly has no SIMD */
  static async createAsync(options: KernelLearnerOptions): Promise<KernelLearner> {
    return new KernelLearner(await KernelArena.createAsync(), options);
  }

  /**
   * Gives the policy's head, `[count, headSize]`, for at least `count` rows of observations, for as long as the parameters
   * stay as they are now. The next call overwrites what the last one gave. Views of the parameters are to be taken later.
   */
  frozenPolicy(): (observations: Float32Array, count: number) => Float32Array {
    const { arena, input, headSize } = this;
    const { observationSize } = this.options.layout;
    const forward = this.actor.frozen();
    return (observations, count) =>
      arena.view(forward(this.copyRows(observations, input, observationSize, 0, count), count), count * headSize);
  }

  /** The critic's values of what it judges, states or states with actions, `[rows, …]`, into `out`, `[rows]`. */
  values(judged: Float32Array, out: Float32Array): void {
    const { maxRows } = this.options;
    for (let row = 0; row < out.length; row += maxRows) {
      const count = Math.min(maxRows, out.length - row);
      out.set(
        this.arena.view(
          this.critic.forward(this.copyRows(judged, this.judged, this.judgedSize, row, count), count),
          count,
        ),
        row,
      );
    }
  }

  async updateAsync(batch: OnPolicyBatch, settings: LearnSettings): Promise<OnPolicyUpdate> {
    const { size } = this.options.layout;
    const order = Int32Array.from({ length: batch.size }, (_, i) => i);
    const total = Float32Array.of(batch.size, sumOf(batch.advantages));
    await this.exchange.sum(total);
    const steps = Math.max(1, Math.round(total[0]! / settings.batchSize));
    const center = total[1]! / total[0]!;
    const losses = this.arena.view(this.gradients + 4 * size, LOSSES);
    const sums = new Float64Array(LOSSES);
    let epochs = 0;
    while (epochs < settings.epochs) {
      this.options.random.shuffle(order);
      const shares = await this.sharesAsync(order, steps, batch.advantages, center);
      let kl = 0;
      for (const share of shares) {
        this.gradient(batch, share, settings);
        const pending = this.exchange.sum(this.arena.view(this.gradients, size + LOSSES));
        if (pending) await pending;
        this.optimizer.step(settings.learningRate);
        for (let i = 0; i < LOSSES; i++) sums[i]! += losses[i]! / steps;
        kl += losses[3]! / steps;
        this.options.onStep?.();
      }
      epochs++;
      // All members see the same sums, so all stop together.
      if (!Number.isFinite(kl) || (settings.targetKl !== null && kl > settings.targetKl)) break;
    }
    this.limitStd(settings);
    const [policyLoss, valueLoss, entropy, approximateKl, clipFraction] = sums.map((sum) => sum / epochs);
    return {
      policyLoss: policyLoss!,
      valueLoss: valueLoss!,
      entropy: entropy!,
      approximateKl: approximateKl!,
      clipFraction: clipFraction!,
      epochs,
    };
  }

  /** All parameters, in the order of the layout; a view. */
  parametersView(): Float32Array {
    return this.arena.view(this.parameters, this.options.layout.size);
  }

  stateAsync(): Promise<OnPolicyState> {
    const parameters = this.arena.view(this.parameters, this.options.layout.size).slice();
    return Promise.resolve({ parameters, adam: this.optimizer.state() });
  }

  load({ parameters, adam }: OnPolicyState): void {
    this.arena.view(this.parameters, parameters.length).set(parameters);
    this.optimizer.restore(adam);
  }

  dispose(): void {}

  private limitStd({ maxLogStd = Number.POSITIVE_INFINITY }: LearnSettings): void {
    const logStd = logStdOf(this.options.layout, this.parametersView());
    for (let i = 0; i < logStd.length; i++) logStd[i] = Math.min(logStd[i]!, maxLogStd);
  }

  /**
   * Cuts an epoch's order into this member's shares of the minibatches.
   * @param center mean of all advantages; taken off before moments are added up, as single precision is too coarse for
   *   the square of a mean that is large beside the deviation
   */
  private async sharesAsync(
    order: Int32Array,
    steps: number,
    advantages: Float32Array,
    center: number,
  ): Promise<Share[]> {
    const moments = new Float32Array(3 * steps);
    const shares = Array.from({ length: steps }, (_, k) => {
      const start = Math.floor((k * order.length) / steps);
      const end = Math.floor(((k + 1) * order.length) / steps);
      const rows = order.subarray(start, end);
      let [sum, squares] = [0, 0];
      for (const row of rows) {
        const deviation = advantages[row]! - center;
        sum += deviation;
        squares += deviation * deviation;
      }
      moments.set([rows.length, sum, squares], 3 * k);
      return rows;
    });
    await this.exchange.sum(moments);
    return shares.map((rows, k) => {
      const [minibatchRows, sum, squares] = moments.subarray(3 * k, 3 * k + 3) as unknown as [number, number, number];
      const shift = sum / minibatchRows;
      // The unbiased deviation, as PyTorch's `std`.
      const variance = Math.max(squares - sum * shift, 0) / Math.max(minibatchRows - 1, 1);
      return { rows, minibatchRows, mean: center + shift, std: Math.sqrt(variance) };
    });
  }

  /** Writes gradients and losses of this member's share of one minibatch. */
  private gradient(batch: OnPolicyBatch, share: Share, settings: LearnSettings): void {
    const { arena, headSize } = this;
    const { layout } = this.options;
    const { rows: indices } = share;
    const rows = indices.length;
    const { continuous } = layout.actionSpec;
    if (rows === 0) {
      // A minibatch with fewer rows than members leaves nothing for this one.
      arena.view(this.gradients, layout.size + LOSSES).fill(0);
      return;
    }
    const width = layout.observationSize;
    const { mirror = null } = this.options;
    const actorRows = mirror ? 2 * rows : rows;
    const input = arena.view(this.input, actorRows * width);
    gather(batch.observations, indices, width, input);
    if (mirror) gather(batch.mirrored!, indices, width, input.subarray(rows * width));
    const head = this.actor.forward(this.input, actorRows);
    if (batch.judged) gather(batch.judged, indices, this.judgedSize, arena.view(this.judged, rows * this.judgedSize));
    const values = this.critic.forward(this.judged, rows);
    const { actions, masks, logProbabilities, advantages, returns } = this.minibatch;
    gather(batch.actions, indices, this.actionSize, actions);
    gather(batch.masks, indices, this.maskSize, masks);
    gather(batch.logProbabilities, indices, 1, logProbabilities);
    gather(batch.advantages, indices, 1, advantages);
    gather(batch.returns, indices, 1, returns);
    if (settings.normalizeAdvantages) {
      for (let i = 0; i < rows; i++) advantages[i] = (advantages[i]! - share.mean) / (share.std + 1e-8);
    }
    const gradients: HeadGradients = {
      head: arena.view(this.dHead, rows * headSize),
      logStd: arena.view(this.gradients + 4 * layout.logStd, continuous),
      values: arena.view(this.dValues, rows),
    };
    this.headGradient.compute(
      {
        rows,
        minibatchRows: share.minibatchRows,
        head: arena.view(head, rows * headSize),
        logStd: arena.view(this.parameters + 4 * layout.logStd, continuous),
        values: arena.view(values, rows),
        actions,
        masks,
        logProbabilities,
        advantages,
        returns,
      },
      settings,
      gradients,
      arena.view(this.gradients + 4 * layout.size, LOSSES),
    );
    if (mirror) {
      const means = arena.view(head, actorRows * headSize);
      const weight = (settings.symmetryCoefficient ?? 0) / share.minibatchRows;
      addSymmetryGradient(mirror, means, rows, headSize, weight, arena.view(this.dHead, actorRows * headSize));
    }
    this.actor.backward(this.input, this.dHead, actorRows);
    this.critic.backward(this.judged, this.dValues, rows);
  }

  private copyRows(source: Float32Array, place: number, width: number, first: number, count: number): number {
    const rows = source.subarray(first * width, (first + count) * width);
    this.arena.view(place, rows.length).set(rows);
    return place;
  }
}

/** A member's rows of one minibatch, and the moments of the whole minibatch's advantages. */
interface Share {
  readonly rows: Int32Array;
  readonly minibatchRows: number;
  readonly mean: number;
  readonly std: number;
}

function sumOf(values: Float32Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function gather(source: Float32Array, indices: Int32Array, width: number, out: Float32Array): void {
  for (let row = 0; row < indices.length; row++) {
    const from = indices[row]! * width;
    for (let j = 0; j < width; j++) out[row * width + j] = source[from + j]!;
  }
}
