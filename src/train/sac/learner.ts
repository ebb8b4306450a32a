import * as tf from "@tensorflow/tfjs";
import { Adam, type AdamState } from "../../nn/adam.js";
import { onBackendAsync } from "../../nn/backend.js";
import { lossesAndGradients } from "../../nn/gradients.js";
import type { DenseLayer } from "../../policy/network.js";
import type { Random } from "../../random.js";
import type { ReplayBatch } from "../../rollout/replayBuffer.js";
import { actorLoss, criticLoss, criticTargets, type SacBatch, temperatureLoss } from "./losses.js";
import { type SacNetworkShape, SacNetworks } from "./networks.js";

export interface SacLearnerOptions {
  readonly shape: SacNetworkShape;
  readonly initialStd: number;
  /** Temperature α to start from. */
  readonly initialAlpha: number;
  /** H̄; usually −(number of actions). */
  readonly targetEntropy: number;
  readonly random: Random;
}

/** What one update did, for logs. */
export interface SacUpdate {
  readonly criticLoss: number;
  readonly actorLoss: number;
  /** −mean log π */
  readonly entropy: number;
  /** α */
  readonly temperature: number;
  /** mean Q of the batch */
  readonly value: number;
}

const NAMES = ["criticLoss", "actorLoss", "entropy", "temperature", "value"] as const;

/** What a checkpoint keeps: all weights, one layer after the other, and Adam's moments. */
export interface SacLearnerState {
  readonly actor: readonly DenseLayer[];
  readonly critics: readonly (readonly DenseLayer[])[];
  readonly targets: readonly (readonly DenseLayer[])[];
  readonly logAlpha: number;
  readonly adam: Readonly<Record<"actor" | "critics" | "temperature", AdamState>>;
}

/** Adam's ε of PyTorch, with which the published numbers were made. */
const EPSILON = 1e-8;

/** The arithmetic of SAC in tfjs, on the backend that is the current one. */
export class SacLearner {
  readonly networks: SacNetworks;
  private readonly adam: Readonly<Record<"actor" | "critics" | "temperature", Adam>>;
  private readonly random: Random;

  constructor(private readonly options: SacLearnerOptions) {
    this.random = options.random;
    this.networks = new SacNetworks(options.shape, options);
    const { actor, criticVariables, logAlpha } = this.networks;
    const adam = (variables: readonly tf.Variable[]) => new Adam(variables, { epsilon: EPSILON });
    this.adam = { actor: adam(actor.variables), critics: adam(criticVariables), temperature: adam([logAlpha]) };
  }

  /**
   * One update of critics, actor and temperature for each batch; then the targets follow by `tau`.
   * @param batches observations normalised; read before the promise is made, so they can be filled anew after the call
   * @returns means over the batches
   */
  updateAsync(batches: Iterable<ReplayBatch>, learningRate: number, tau: number): Promise<SacUpdate> {
    return onBackendAsync(async () => {
      const rows: tf.Tensor1D[] = [];
      for (const batch of batches) rows.push(this.update(batch, learningRate, tau));
      const means = tf.tidy(() => tf.mean(tf.stack(rows), 0));
      try {
        const values = await means.data();
        return Object.fromEntries(NAMES.map((name, i) => [name, values[i]!])) as unknown as SacUpdate;
      } finally {
        tf.dispose([means, ...rows]);
      }
    });
  }

  /** @returns the numbers of {@link NAMES} */
  private update(batch: ReplayBatch, learningRate: number, tau: number): tf.Tensor1D {
    const { networks, adam } = this;
    return tf.tidy(() => {
      const onDevice = this.upload(batch);
      const step = (optimiser: Adam, gradients: readonly tf.Tensor[]) => {
        tf.dispose([optimiser.step(gradients, learningRate), ...gradients]);
      };

      const targets = criticTargets(networks, onDevice, this.noise(onDevice));
      const critic = lossesAndGradients(networks.criticVariables, () => criticLoss(networks, onDevice, targets));
      step(adam.critics, critic.gradients);

      const noise = this.noise(onDevice);
      const actor = lossesAndGradients(networks.actor.variables, () => actorLoss(networks, onDevice, noise));
      step(adam.actor, actor.gradients);

      const { logProbability } = actor.losses;
      const temperature = lossesAndGradients([networks.logAlpha], () =>
        temperatureLoss(networks, logProbability, this.options.targetEntropy),
      );
      step(adam.temperature, temperature.gradients);

      networks.followCritics(tau);
      const { total: criticTotal, value } = critic.losses;
      const alpha = tf.exp(networks.logAlpha);
      const row = tf.stack([criticTotal, actor.losses.total, tf.neg(logProbability), alpha, value]) as tf.Tensor1D;
      // The losses outlive a tidy by themselves.
      for (const { losses } of [critic, actor, temperature]) tf.dispose(losses as tf.TensorContainer);
      return row;
    });
  }

  private upload({ observations, actions, rewards, nextObservations, discounts }: ReplayBatch): SacBatch {
    const { observationSize, actionSize } = this.options.shape;
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
    for (let i = 0; i < values.length; i++) values[i] = this.random.normal();
    return tf.tensor2d(values, actions.shape);
  }

  async stateAsync(): Promise<SacLearnerState> {
    const { actor, critics, targets, logAlpha } = this.networks;
    const layers = (networks: SacNetworks["critics"]) => Promise.all(networks.map((each) => each.toLayersAsync()));
    return {
      actor: await actor.toLayersAsync(),
      critics: await layers(critics),
      targets: await layers(targets),
      logAlpha: (await logAlpha.data())[0]!,
      adam: {
        actor: await this.adam.actor.stateAsync(),
        critics: await this.adam.critics.stateAsync(),
        temperature: await this.adam.temperature.stateAsync(),
      },
    };
  }

  /** @throws InputError where the networks have other shapes */
  load(state: SacLearnerState): void {
    const { actor, critics, targets, logAlpha } = this.networks;
    actor.load(state.actor);
    for (const i of [0, 1] as const) {
      critics[i].load(state.critics[i]!);
      targets[i].load(state.targets[i]!);
    }
    tf.tidy(() => logAlpha.assign(tf.scalar(state.logAlpha)));
    for (const name of ["actor", "critics", "temperature"] as const) this.adam[name].restore(state.adam[name]);
  }

  dispose(): void {
    for (const adam of Object.values(this.adam)) adam.dispose();
    this.networks.dispose();
  }
}
