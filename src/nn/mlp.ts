import * as tf from "@tensorflow/tfjs";
import { InputError } from "../inputError.js";
import type { Activation, DenseLayer } from "../policy/network.js";
import type { Random } from "../random.js";
import { orthogonal } from "./initialize.js";
import { denseAct } from "./kernels/dense.js";

export interface MlpOptions {
  /** Shown in errors. */
  readonly name: string;
  readonly inputs: number;
  /** Units of each hidden layer; empty for an affine map. */
  readonly hidden: readonly number[];
  readonly outputs: number;
  readonly activation: Activation;
  /** Gain of the orthogonal initial weights of the hidden layers; default √2. Biases start at 0. */
  readonly hiddenGain?: number;
  /** The same of the last layer: 0.01 makes a policy start near its zero action, 1 suits a value. */
  readonly headGain: number;
  readonly random: Random;
}

/** A network that takes over given weights instead, as copies. */
export interface LoadedMlpOptions {
  readonly name: string;
  readonly activation: Activation;
  readonly layers: readonly DenseLayer[];
}

/** Feed-forward network with trainable weights. Owns its variables: `dispose()` it. */
export class Mlp {
  /** Weights `[inputs, outputs]` and bias `[outputs]` of each layer, in order. */
  readonly variables: readonly tf.Variable[];
  private readonly name: string;
  private readonly activation: Activation;

  constructor(options: MlpOptions | LoadedMlpOptions) {
    this.name = options.name;
    this.activation = options.activation;
    const layers = "layers" in options ? options.layers : initialLayers(options);
    this.variables = layers.flatMap(({ inputs, outputs, weights, bias }) => [
      variable(weights, [inputs, outputs]),
      variable(bias, [outputs]),
    ]);
  }

  /** @param x `[batch, inputs]` @returns `[batch, outputs]` */
  forward(x: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => {
      let h = x;
      for (let i = 0; i < this.variables.length; i += 2) {
        const [weights, bias] = this.variables.slice(i, i + 2) as [tf.Variable<tf.Rank.R2>, tf.Variable<tf.Rank.R1>];
        const isHead = i === this.variables.length - 2;
        h = denseAct(h, weights, bias, isHead ? "linear" : this.activation);
      }
      return h;
    });
  }

  /** The weights as plain data, in fresh arrays. */
  async toLayersAsync(): Promise<DenseLayer[]> {
    const data = await Promise.all(this.variables.map((v) => v.data<"float32">()));
    const layers: DenseLayer[] = [];
    for (let i = 0; i < data.length; i += 2) {
      const [weights, bias] = data.slice(i, i + 2).map((values) => values.slice()) as [Float32Array, Float32Array];
      const [inputs, outputs] = (this.variables[i] as tf.Variable).shape as [number, number];
      layers.push({ inputs, outputs, weights, bias });
    }
    return layers;
  }

  /**
   * Takes over the weights of a network of the same shape.
   * @throws InputError where the shapes differ
   */
  load(layers: readonly DenseLayer[]): void {
    const theirs = layers.map(({ inputs, outputs }) => `${inputs}×${outputs}`).join(", ");
    const ours = this.variables
      .filter((v) => v.rank === 2)
      .map((v) => v.shape.join("×"))
      .join(", ");
    if (theirs !== ours) {
      throw new InputError(`The network "${this.name}" has the layers ${ours}, but those to load are ${theirs}.`);
    }
    layers.forEach(({ inputs, outputs, weights, bias }, i) => {
      assign(this.variables[2 * i] as tf.Variable, weights, [inputs, outputs]);
      assign(this.variables[2 * i + 1] as tf.Variable, bias, [outputs]);
    });
  }

  dispose(): void {
    for (const v of this.variables) v.dispose();
  }
}

function initialLayers(options: MlpOptions): DenseLayer[] {
  const { inputs: first, hidden, outputs: last, hiddenGain = Math.SQRT2, headGain, random } = options;
  const sizes = [first, ...hidden, last];
  return sizes.slice(1).map((outputs, i) => {
    const inputs = sizes[i] as number;
    const gain = i < hidden.length ? hiddenGain : headGain;
    return { inputs, outputs, weights: orthogonal(random, inputs, outputs, gain), bias: new Float32Array(outputs) };
  });
}

/** Copies the values: on the cpu backend a tensor shares the array that it is made of. */
function variable(values: Float32Array, shape: number[]): tf.Variable {
  return tf.tidy(() => tf.variable(tf.tensor(values.slice(), shape)));
}

function assign(target: tf.Variable, values: Float32Array, shape: number[]): void {
  tf.tidy(() => target.assign(tf.tensor(values.slice(), shape)));
}
