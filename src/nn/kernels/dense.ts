import * as tf from "@tensorflow/tfjs";
import type { Activation } from "../../policy/network.js";

/**
 * A layer of a network, f(x·W + b): one operation where the backend has our kernels, plain tfjs elsewhere.
 * @param x `[batch, inputs]` @param weights `[inputs, outputs]` @param bias `[outputs]` @returns `[batch, outputs]`
 */
export function denseAct(
  x: tf.Tensor2D,
  weights: tf.Tensor2D,
  bias: tf.Tensor1D,
  activation: Activation | "linear",
): tf.Tensor2D {
  if (!tf.getKernel("DenseAct", tf.getBackend())) return plainDenseAct(x, weights, bias, activation);
  const dense = (f: string) => tf.engine().runKernel<tf.Tensor2D>("DenseAct", { x, weights, bias }, { activation: f });
  if (activation !== "swish") return dense(activation);
  // The slope of swish does not follow from its result, as that of the others does: its argument has to be kept.
  return tf.tidy(() => tf.engine().runKernel<tf.Tensor2D>("Swish", { x: dense("linear") }));
}

/** {@link denseAct} in plain tfjs, on any backend. */
export function plainDenseAct(
  x: tf.Tensor2D,
  weights: tf.Tensor2D,
  bias: tf.Tensor1D,
  activation: Activation | "linear",
): tf.Tensor2D {
  return tf.tidy(() => plainActivations[activation](tf.add(tf.matMul(x, weights), bias)));
}

const plainActivations: Record<Activation | "linear", (x: tf.Tensor2D) => tf.Tensor2D> = {
  linear: (x) => x,
  tanh: (x) => tf.tanh(x),
  relu: (x) => tf.relu(x),
  elu: (x) => tf.elu(x),
  swish: (x) => tf.mul(x, tf.sigmoid(x)),
};
