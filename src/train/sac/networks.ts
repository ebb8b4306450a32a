import * as tf from "@tensorflow/tfjs";
import { Mlp } from "../../nn/mlp.js";
import { boundedLogStd, rawLogStd, squashedSample } from "../../nn/squashedGaussian.js";
import type { Activation } from "../../policy/network.js";
import type { Random } from "../../random.js";

export interface SacNetworkShape {
  readonly observationSize: number;
  readonly actionSize: number;
  readonly activation: Activation;
  /** Units of each hidden layer, of the actor and of the critics. */
  readonly hidden: readonly number[];
}

/** Actor, twin critics, their targets and the temperature of SAC. Owns its variables. */
export class SacNetworks {
  /** `[B, observationSize]` → `[B, 2 · actionSize]`: means, then what becomes log σ. */
  readonly actor: Mlp;
  readonly critics: readonly [Mlp, Mlp];
  readonly targets: readonly [Mlp, Mlp];
  readonly logAlpha: tf.Variable<tf.Rank.R0>;

  constructor(
    readonly shape: SacNetworkShape,
    { initialStd, initialAlpha, random }: { initialStd: number; initialAlpha: number; random: Random },
  ) {
    const { observationSize, actionSize, activation, hidden } = shape;
    this.actor = new Mlp({
      name: "actor",
      inputs: observationSize,
      hidden,
      outputs: 2 * actionSize,
      activation,
      headGain: 0.01,
      random,
    });
    const bias = this.actor.variables.at(-1) as tf.Variable<tf.Rank.R1>;
    const start = new Float32Array(2 * actionSize).fill(rawLogStd(Math.log(initialStd)), actionSize);
    tf.tidy(() => bias.assign(tf.tensor1d(start)));
    const critic = (name: string) =>
      new Mlp({ name, inputs: observationSize + actionSize, hidden, outputs: 1, activation, headGain: 1, random });
    this.critics = [critic("critic 1"), critic("critic 2")];
    this.targets = [critic("target 1"), critic("target 2")];
    this.followCritics(1);
    this.logAlpha = tf.tidy(() => tf.variable(tf.scalar(Math.log(initialAlpha))));
  }

  get criticVariables(): readonly tf.Variable[] {
    return this.critics.flatMap(({ variables }) => variables);
  }

  /** Actions and their log-probabilities. @param noise `[B, actionSize]`, standard normal */
  sample(observations: tf.Tensor2D, noise: tf.Tensor2D): { actions: tf.Tensor2D; logProbability: tf.Tensor1D } {
    return tf.tidy(() => {
      const [mean, raw] = tf.split(this.actor.forward(observations), 2, 1) as [tf.Tensor2D, tf.Tensor2D];
      return squashedSample(mean, boundedLogStd(raw), noise);
    });
  }

  /** Q(s, a) of both critics or of both targets, `[B]` each. */
  values(networks: readonly [Mlp, Mlp], observations: tf.Tensor2D, actions: tf.Tensor2D): [tf.Tensor1D, tf.Tensor1D] {
    return tf.tidy(() => {
      const input = tf.concat([observations, actions], 1);
      return networks.map((network) => network.forward(input).flatten()) as [tf.Tensor1D, tf.Tensor1D];
    });
  }

  /** Moves the targets towards the critics: θ′ ← θ′ + τ (θ − θ′) (Polyak averaging). */
  followCritics(tau: number): void {
    tf.tidy(() => {
      for (const [i, target] of this.targets.entries()) {
        for (const [k, variable] of target.variables.entries()) {
          const source = this.critics[i]!.variables[k]!;
          variable.assign(tau === 1 ? source.clone() : tf.add(variable, tf.mul(tf.sub(source, variable), tau)));
        }
      }
    });
  }

  dispose(): void {
    for (const network of [this.actor, ...this.critics, ...this.targets]) network.dispose();
    this.logAlpha.dispose();
  }
}
