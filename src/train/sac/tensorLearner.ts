import * as tf from "@tensorflow/tfjs";
import { Adam, type AdamState } from "../../nn/adam.js";
import { onBackendAsync } from "../../nn/backend.js";
import { lossesAndGradients } from "../../nn/gradients.js";
import type { Random } from "../../random.js";
import type { ReplayBatch } from "../../rollout/replayBuffer.js";
import { ADAM, type SacLearner, type SacSettings, type SacUpdate } from "./learner.js";
import { actorLoss, criticLoss, criticTargets, type SacBatch, temperatureLoss } from "./losses.js";
import { SacNetworks } from "./networks.js";
import type { SacLayout, SacState } from "./parameters.js";

export interface SacTensorLearnerOptions {
  readonly layout: SacLayout;
  readonly state: SacState;
  readonly random: Random;
}

const NAMES = ["criticLoss", "actorLoss", "entropy", "temperature", "value"] as const;

/** SAC's arithmetic in tfjs, on the backend that is the current one: for the GPU, and the reference for the kernels. */
export class SacTensorLearner implements SacLearner {
  private readonly networks: SacNetworks;
  private readonly actorAdam: Adam;
  private readonly criticsAdam: Adam;
  private readonly temperatureAdam: Adam;

  constructor(private readonly options: SacTensorLearnerOptions) {
    const { layout, state } = options;
    this.networks = new SacNetworks(layout, state.parameters, state.logAlpha);
    this.actorAdam = new Adam(this.networks.actor.variables, ADAM);
    this.criticsAdam = new Adam(this.networks.criticVariables, ADAM);
    this.temperatureAdam = new Adam([this.networks.logAlpha], ADAM);
    this.load(state);
  }

  updateAsync(batches: Iterable<ReplayBatch>, settings: SacSettings): Promise<SacUpdate> {
    return onBackendAsync(async () => {
      const rows: tf.Tensor1D[] = [];
      for (const batch of batches) rows.push(this.update(batch, settings));
      const means = tf.tidy(() => tf.mean(tf.stack(rows), 0));
      try {
        // Nothing else is read back: the device works on while later batches are drawn.
        const values = await means.data();
        return Object.fromEntries(NAMES.map((name, i) => [name, values[i]!])) as unknown as SacUpdate;
      } finally {
        tf.dispose([means, ...rows]);
      }
    });
  }

  /** @returns the numbers of {@link NAMES} */
  private update(batch: ReplayBatch, { learningRate, tau, targetEntropy }: SacSettings): tf.Tensor1D {
    const { networks } = this;
    return tf.tidy(() => {
      const onDevice = this.upload(batch);
      const step = (adam: Adam, gradients: readonly tf.Tensor[]) => {
        tf.dispose([adam.step(gradients, learningRate), ...gradients]);
      };
      const targets = criticTargets(networks, onDevice, this.noise(onDevice));
      const critic = lossesAndGradients(networks.criticVariables, () => criticLoss(networks, onDevice, targets));
      step(this.criticsAdam, critic.gradients);

      const noise = this.noise(onDevice);
      const actor = lossesAndGradients(networks.actor.variables, () => actorLoss(networks, onDevice, noise));
      step(this.actorAdam, actor.gradients);

      const { logProbability } = actor.losses;
      const temperature = lossesAndGradients([networks.logAlpha], () =>
        temperatureLoss(networks, logProbability, targetEntropy),
      );
      step(this.temperatureAdam, temperature.gradients);

      networks.followCritics(tau);
      const alpha = tf.exp(networks.logAlpha);
      const { total, value } = critic.losses;
      const row = tf.stack([total, actor.losses.total, tf.neg(logProbability), alpha, value]) as tf.Tensor1D;
      // The losses outlive a tidy by themselves.
      for (const { losses } of [critic, actor, temperature]) tf.dispose(losses as tf.TensorContainer);
      return row;
    });
  }

  private upload({ observations, actions, rewards, nextObservations, discounts }: ReplayBatch): SacBatch {
    const { observationSize, actionSize } = this.options.layout;
    const rows = rewards.length;
    // Copies: on the cpu backend a tensor shares the array that it is made of.
    return {
      observations: tf.tensor2d(observations.slice(), [rows, observationSize]),
      actions: tf.tensor2d(actions.slice(), [rows, actionSize]),
      rewards: tf.tensor1d(rewards.slice()),
      nextObservations: tf.tensor2d(nextObservations.slice(), [rows, observationSize]),
      discounts: tf.tensor1d(discounts.slice()),
    };
  }

  private noise({ actions }: SacBatch): tf.Tensor2D {
    const values = new Float32Array(actions.size);
    for (let i = 0; i < values.length; i++) values[i] = this.options.random.normal();
    return tf.tensor2d(values, actions.shape);
  }

  actorAsync(): Promise<Float32Array> {
    return readAsync(this.networks.actor.variables);
  }

  async stateAsync(): Promise<SacState> {
    const { variables, logAlpha } = this.networks;
    const parameters = await readAsync(variables);
    const actor = await this.actorAdam.stateAsync();
    const critics = await this.criticsAdam.stateAsync();
    const temperature = await this.temperatureAdam.stateAsync();
    return {
      parameters,
      logAlpha: (await logAlpha.data())[0]!,
      moments: {
        step: actor.step,
        mean: joined(actor.mean, critics.mean),
        square: joined(actor.square, critics.square),
        logAlphaMean: temperature.mean[0]!,
        logAlphaSquare: temperature.square[0]!,
      },
    };
  }

  load({ parameters, logAlpha, moments }: SacState): void {
    const { actorSize } = this.options.layout;
    let offset = 0;
    tf.tidy(() => {
      for (const variable of this.networks.variables) {
        const values = parameters.slice(offset, offset + variable.size);
        variable.assign(tf.tensor(values, variable.shape));
        offset += variable.size;
      }
      this.networks.logAlpha.assign(tf.scalar(logAlpha));
    });
    const { step, mean, square, logAlphaMean, logAlphaSquare } = moments;
    const part = (start: number, end?: number): AdamState => ({
      step,
      mean: mean.subarray(start, end),
      square: square.subarray(start, end),
    });
    this.actorAdam.restore(part(0, actorSize));
    this.criticsAdam.restore(part(actorSize));
    this.temperatureAdam.restore({
      step,
      mean: Float32Array.of(logAlphaMean),
      square: Float32Array.of(logAlphaSquare),
    });
  }

  dispose(): void {
    for (const adam of [this.actorAdam, this.criticsAdam, this.temperatureAdam]) adam.dispose();
    this.networks.dispose();
  }
}

/** All numbers of the variables, one after the other. */
async function readAsync(variables: readonly tf.Variable[]): Promise<Float32Array> {
  const flat = tf.tidy(() => tf.concat(variables.map((variable) => variable.flatten())));
  const values = (await flat.data<"float32">()).slice();
  flat.dispose();
  return values;
}

function joined(a: Float32Array, b: Float32Array): Float32Array {
  const result = new Float32Array(a.length + b.length);
  result.set(a);
  result.set(b, a.length);
  return result;
}
