import * as tf from "@tensorflow/tfjs";
import { type LayerPlace, layersOf } from "../../nn/layerPlaces.js";
import { Mlp } from "../../nn/mlp.js";
import { boundedLogStds, squashedSample } from "../../nn/squashedGaussian.js";
import type { ActorCriticLayout } from "../offPolicy/layout.js";

/** The networks and the temperature of SAC as variables of tfjs. */
export class SacNetworks {
  readonly actor: Mlp;
  readonly critics: readonly [Mlp, Mlp];
  readonly targets: readonly [Mlp, Mlp];
  readonly logAlpha: tf.Variable<tf.Rank.R0>;

  /** @param parameters in the order of the layout */
  constructor(layout: ActorCriticLayout, parameters: Float32Array, logAlpha: number) {
    const { activation } = layout;
    const network = (name: string, places: readonly LayerPlace[]) =>
      new Mlp({ name, activation, layers: layersOf(places, parameters) });
    this.actor = network("actor", layout.actor);
    const twins = (name: string, [first, second]: ActorCriticLayout["critics"]): [Mlp, Mlp] => [
      network(`${name} 1`, first!),
      network(`${name} 2`, second!),
    ];
    this.critics = twins("critic", layout.critics);
    this.targets = twins("target", layout.targetCritics);
    this.logAlpha = tf.tidy(() => tf.variable(tf.scalar(logAlpha)));
  }

  get criticVariables(): readonly tf.Variable[] {
    return this.critics.flatMap(({ variables }) => variables);
  }

  /** Of all networks, in the order of the layout. */
  get variables(): readonly tf.Variable[] {
    return [this.actor, ...this.critics, ...this.targets].flatMap(({ variables }) => variables);
  }

  /** Actions and their log-probabilities. @param noise `[B, actionSize]`, standard normal */
  sample(observations: tf.Tensor2D, noise: tf.Tensor2D): { actions: tf.Tensor2D; logProbability: tf.Tensor1D } {
    return tf.tidy(() => {
      const [mean, raw] = tf.split(this.actor.forward(observations), 2, 1) as [tf.Tensor2D, tf.Tensor2D];
      return squashedSample(mean, boundedLogStds(raw), noise);
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
          variable.assign(tf.add(variable, tf.mul(tf.sub(this.critics[i]!.variables[k]!, variable), tau)));
        }
      }
    });
  }

  dispose(): void {
    for (const variable of [...this.variables, this.logAlpha]) variable.dispose();
  }
}
