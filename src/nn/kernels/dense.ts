import * as tf from "@tensorflow/tfjs";
import type { Activation } from "../../policy/network.js";
import { fusedKernels } from "./fused.js";

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

/**
 * The gradients of the operations of {@link denseAct}, on all backends. They go to the kernels without a detour through
 * tfjs's operations, whose bookkeeping would take longer than the arithmetic on small networks.
 */
export function registerDenseGradients(): void {
  if (tf.getGradient("DenseAct")) return;
  const owned = (info: tf.TensorInfo) => tf.engine().makeTensorFromTensorInfo(info);
  tf.registerGradient({
    kernelName: "DenseAct",
    inputsToSave: ["x", "weights"],
    outputsToSave: [true],
    gradFunc: (dyOrDys, saved, attributes) => {
      const kernels = fusedKernels()!;
      const dy = dyOrDys as tf.Tensor2D;
      const [x, weights, y] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
      const activation = attributes.activation as Activation | "linear";
      // With z = x·W + b: dz = dy · f′(z), dx = dz·Wᵀ, dW = xᵀ·dz, db = Σ_rows dz; tfjs asks only for what is needed.
      const dz = activation === "linear" ? dy : owned(kernels.activationGradient(dy, y, activation));
      return { x: () => owned(kernels.inputGradient(dz, weights)), ...kernels.parameterGradients(x, dz) };
    },
  });
  tf.registerGradient({
    kernelName: "Swish",
    inputsToSave: ["x"],
    gradFunc: (dy, saved) => ({
      x: () => owned(fusedKernels()!.activationGradient(dy as tf.Tensor, saved[0] as tf.Tensor, "swish")),
    }),
  });
}
