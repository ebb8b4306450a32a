import * as tf from "@tensorflow/tfjs";
import { ActionDistribution } from "../../nn/actionDistribution.js";
import { Adam } from "../../nn/adam.js";
import { onBackendAsync } from "../../nn/backend.js";
import { lossesAndGradients } from "../../nn/gradients.js";
import { layersOf } from "../../nn/layerPlaces.js";
import { Mlp } from "../../nn/mlp.js";
import { gpuLibrary } from "../../nn/webgpu/start.js";
import { actionSize, maskSize } from "../../policy/policy.js";
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
import { gaussianLossesOnGpu } from "./gpuLosses.js";
import { normalizeAdvantages, ppoLosses } from "./losses.js";

export interface TensorLearnerOptions {
  readonly layout: OnPolicyLayout;
  readonly state: OnPolicyState;
  /** Gradients are scaled down to at most this norm; null leaves them as they are. */
  readonly maxGradNorm: number | null;
  /** Shuffles the batch. */
  readonly random: Random;
}

/**
 * PPO's arithmetic in tfjs, on the backend that is the current one: on "webgpu" with fused operations, elsewhere the
 * reference. All calls reject with `BackendLostError` when the GPU is lost; the last `stateAsync` is what remains then.
 */
export class TensorLearner implements OnPolicyLearner {
  private readonly actor: Mlp;
  private readonly critic: Mlp;
  private readonly logStd: tf.Variable<tf.Rank.R1>;
  /** In the order of the layout. */
  private readonly variables: readonly tf.Variable[];
  private readonly adam: Adam;
  private readonly distribution: ActionDistribution;

  constructor(private readonly options: TensorLearnerOptions) {
    const { layout, state, maxGradNorm } = options;
    const { actionSpec, activation } = layout;
    const network = (name: "actor" | "critic") =>
      new Mlp({ name, activation, layers: layersOf(layout[name], state.parameters) });
    this.actor = network("actor");
    this.critic = network("critic");
    this.logStd = tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([actionSpec.continuous])));
    const learnsStd = actionSpec.continuous > 0;
    this.variables = [...this.actor.variables, ...(learnsStd ? [this.logStd] : []), ...this.critic.variables];
    this.adam = new Adam(this.variables, maxGradNorm === null ? {} : { maxGradientNorm: maxGradNorm });
    this.distribution = new ActionDistribution(actionSpec);
    this.load(state);
  }

  updateAsync(batch: OnPolicyBatch, settings: LearnSettings): Promise<OnPolicyUpdate> {
    return onBackendAsync(async () => {
      const onDevice = this.upload(batch);
      const minibatches = new Minibatches(batch.size, settings.batchSize);
      const epochMeans: tf.Tensor1D[] = [];
      try {
        while (epochMeans.length < settings.epochs) {
          const means = this.epoch(batch, onDevice, minibatches, settings);
          epochMeans.push(means);
          // Nothing else is read back before the end: the device works on while later steps are prepared.
          if (settings.targetKl !== null && (await means.data())[3]! > settings.targetKl) break;
        }
        const { maxLogStd } = settings;
        if (maxLogStd !== undefined) tf.tidy(() => this.logStd.assign(tf.minimum(this.logStd, maxLogStd)));
        return await toUpdate(epochMeans);
      } finally {
        tf.dispose([onDevice, epochMeans] as tf.TensorContainer);
      }
    });
  }

  stateAsync(): Promise<OnPolicyState> {
    return onBackendAsync(async () => {
      const [adam, ...values] = await Promise.all([
        this.adam.stateAsync(),
        ...this.variables.map((variable) => variable.data<"float32">()),
      ]);
      const parameters = new Float32Array(this.options.layout.size);
      let offset = 0;
      for (const part of values) {
        parameters.set(part, offset);
        offset += part.length;
      }
      return { parameters, adam };
    });
  }

  load({ parameters, adam }: OnPolicyState): void {
    const { layout } = this.options;
    this.actor.load(layersOf(layout.actor, parameters));
    this.critic.load(layersOf(layout.critic, parameters));
    tf.tidy(() => this.logStd.assign(tf.tensor1d(logStdOf(layout, parameters).slice())));
    this.adam.restore(adam);
  }

  dispose(): void {
    for (const owner of [this.actor, this.critic, this.logStd, this.adam]) owner.dispose();
  }

  private upload({ size, observations, actions, masks }: OnPolicyBatch): DeviceBatch {
    const { observationSize, actionSpec } = this.options.layout;
    return {
      observations: tf.tensor2d(observations, [size, observationSize]),
      actions: tf.tensor2d(actions, [size, actionSize(actionSpec)]),
      ...(masks.length > 0 ? { masks: tf.tensor2d(masks, [size, maskSize(actionSpec)]) } : {}),
    };
  }

  /** A gradient step on each minibatch of one pass. @returns means of the losses, `[5]` */
  private epoch(
    batch: OnPolicyBatch,
    onDevice: DeviceBatch,
    minibatches: Minibatches,
    settings: LearnSettings,
  ): tf.Tensor1D {
    return tf.tidy(() => {
      const losses: tf.Tensor1D[] = [];
      for (const indices of minibatches.shuffled(this.options.random)) {
        losses.push(this.gradientStep(batch, onDevice, indices, settings));
      }
      return tf.mean<tf.Tensor1D>(tf.stack(losses), 0);
    });
  }

  /** One step of Adam on the rows of these indices. @returns the losses, `[5]` */
  private gradientStep(
    batch: OnPolicyBatch,
    onDevice: DeviceBatch,
    indices: Int32Array,
    settings: LearnSettings,
  ): tf.Tensor1D {
    return tf.tidy(() => {
      const rows = tf.tensor1d(indices.slice(), "int32");
      const gather = (matrix: tf.Tensor2D) => tf.gather(matrix, rows);
      const observations = gather(onDevice.observations);
      const actions = gather(onDevice.actions);
      const masks = onDevice.masks && gather(onDevice.masks);
      const targets = tf.tensor2d(targetsOf(batch, indices, settings), [indices.length, 3]);
      const { losses, gradients } = lossesAndGradients(this.variables, () => {
        const head = this.actor.forward(observations);
        const values = this.critic.forward(observations);
        return this.losses(head, values, { actions, targets, ...(masks ? { masks } : {}) }, settings);
      });
      this.adam.step(gradients, settings.learningRate);
      const metrics = losses.metrics.clone();
      tf.dispose(Object.values(losses));
      return metrics;
    });
  }

  private losses(
    head: tf.Tensor2D,
    values: tf.Tensor2D,
    { actions, targets, masks }: Omit<DeviceBatch, "observations"> & { readonly targets: tf.Tensor2D },
    settings: LearnSettings,
  ): { total: tf.Scalar; metrics: tf.Tensor1D } {
    const { logStd } = this;
    // The fused losses are those of clipped PPO with continuous actions.
    const { discrete } = this.options.layout.actionSpec;
    const isPlain = discrete.length === 0 && !settings.klCoefficient && Number.isFinite(settings.epsilon);
    const gpu = isPlain ? gpuLibrary() : null;
    if (gpu) {
      return gaussianLossesOnGpu(gpu.programs, { mean: head, logStd, values, actions, targets }, settings);
    }
    return tf.tidy(() => {
      const [oldLogProbability, advantages, returns] = tf.unstack(targets, 1) as [
        tf.Tensor1D,
        tf.Tensor1D,
        tf.Tensor1D,
      ];
      const evaluated = this.distribution.evaluate(head, logStd, actions, masks);
      const minibatch = { ...evaluated, values: values.as1D(), oldLogProbability, advantages, returns };
      const losses = ppoLosses(minibatch, settings);
      const { total, policyLoss, valueLoss, entropy, approximateKl, clipFraction } = losses;
      const metrics = [policyLoss, valueLoss, entropy, approximateKl, clipFraction];
      return { total, metrics: tf.stack(metrics) as tf.Tensor1D };
    });
  }
}

/** What is uploaded once per update: all but `[B]` numbers, which are cheap to send with each minibatch. */
interface DeviceBatch {
  readonly observations: tf.Tensor2D;
  readonly actions: tf.Tensor2D;
  readonly masks?: tf.Tensor2D;
}

/** Old log-probability, advantage and return of each row, `[B, 3]`. */
function targetsOf(
  { logProbabilities, advantages, returns }: OnPolicyBatch,
  indices: Int32Array,
  settings: LearnSettings,
): Float32Array {
  const minibatchAdvantages = Float32Array.from(indices, (row) => advantages[row]!);
  if (settings.normalizeAdvantages) normalizeAdvantages(minibatchAdvantages);
  const targets = new Float32Array(3 * indices.length);
  indices.forEach((row, i) => {
    targets.set([logProbabilities[row]!, minibatchAdvantages[i]!, returns[row]!], 3 * i);
  });
  return targets;
}

async function toUpdate(epochMeans: tf.Tensor1D[]): Promise<OnPolicyUpdate> {
  const means = tf.tidy(() => tf.mean<tf.Tensor1D>(tf.stack(epochMeans), 0));
  try {
    const [policyLoss, valueLoss, entropy, approximateKl, clipFraction] = (await means.array()) as Five;
    return { policyLoss, valueLoss, entropy, approximateKl, clipFraction, epochs: epochMeans.length };
  } finally {
    means.dispose();
  }
}

type Five = [number, number, number, number, number];
