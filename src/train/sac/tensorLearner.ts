import * as tf from "@tensorflow/tfjs";
import { Adam } from "../../nn/adam.js";
import { onBackendAsync } from "../../nn/backend.js";
import { lossesAndGradients } from "../../nn/gradients.js";
import type { Random } from "../../random.js";
import type { ReplayBatch } from "../../rollout/replayBuffer.js";
import type { ActorCriticLayout } from "../offPolicy/layout.js";
import { ADAM_EPSILON, type OffPolicyLearner, type OffPolicyUpdate } from "../offPolicy/learner.js";
import { actorLoss, criticLoss, criticTargets, type SacBatch, temperatureLoss } from "./losses.js";
import { SacNetworks } from "./networks.js";
import type { SacSettings, SacState } from "./state.js";

export interface SacTensorLearnerOptions {
  readonly layout: ActorCriticLayout;
  readonly state: SacState;
  readonly settings: SacSettings;
  readonly random: Random;
}

const NAMES = ["criticLoss", "actorLoss", "entropy", "temperature", "value"] as const;

/** SAC's arithmetic in tfjs, on the backend that is the current one: for the GPU, and the reference for the kernels. */
export class SacTensorLearner implements OffPolicyLearner {
  private readonly networks: SacNetworks;
  private readonly actorAdam: Adam;
  private readonly criticsAdam: Adam;
  private readonly temperatureAdam: Adam;

  constructor(private readonly options: SacTensorLearnerOptions) {
    const { layout, state } = options;
    this.networks = new SacNetworks(layout, state.parameters, state.temperature.logAlpha);
    this.actorAdam = new Adam(this.networks.actor.variables, { epsilon: ADAM_EPSILON });
    this.criticsAdam = new Adam(this.networks.criticVariables, { epsilon: ADAM_EPSILON });
    this.temperatureAdam = new Adam([this.networks.logAlpha], { epsilon: ADAM_EPSILON });
    this.load(state);
  }

  updateAsync(batches: Iterable<ReplayBatch>, learningRate: number): Promise<OffPolicyUpdate> {
    return onBackendAsync(async () => {
      const rows: tf.Tensor1D[] = [];
      for (const batch of batches) rows.push(this.update(batch, learningRate));
      const means = tf.tidy(() => tf.mean(tf.stack(rows), 0));
      try {
        // Nothing else is read back: the device works on while later batches are drawn.
        const values = await means.data();
        return Object.fromEntries(NAMES.map((name, i) => [name, values[i]!])) as unknown as OffPolicyUpdate;
      } finally {
        tf.dispose([means, ...rows]);
      }
    });
  }

  /** @returns the numbers of {@link NAMES} */
  private update(batch: ReplayBatch, learningRate: number): tf.Tensor1D {
    const { networks } = this;
    const { tau, targetEntropy } = this.options.settings;
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
    const temperature = await this.temperatureAdam.stateAsync();
    return {
      parameters: await readAsync(variables),
      adam: { actor: await this.actorAdam.stateAsync(), critics: await this.criticsAdam.stateAsync() },
      temperature: {
        logAlpha: (await logAlpha.data())[0]!,
        mean: temperature.mean[0]!,
        square: temperature.square[0]!,
      },
    };
  }

  load({ parameters, adam, temperature }: SacState): void {
    let offset = 0;
    tf.tidy(() => {
      for (const variable of this.networks.variables) {
        const values = parameters.slice(offset, offset + variable.size);
        variable.assign(tf.tensor(values, variable.shape));
        offset += variable.size;
      }
      this.networks.logAlpha.assign(tf.scalar(temperature.logAlpha));
    });
    this.actorAdam.restore(adam.actor);
    this.criticsAdam.restore(adam.critics);
    const [mean, square] = [Float32Array.of(temperature.mean), Float32Array.of(temperature.square)];
    // The temperature takes its steps with the actor.
    this.temperatureAdam.restore({ step: adam.actor.step, mean, square });
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
