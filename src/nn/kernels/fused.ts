import * as tf from "@tensorflow/tfjs";
import type { Activation } from "../../policy/network.js";

type TensorInfo = tf.TensorInfo;
type Inputs = Record<string, TensorInfo>;

/** The factors of one step of {@link FusedKernels.adam}, named as there. */
export interface AdamFactors {
  /** Gradients whose norm, over all variables, is larger are scaled down to it. */
  readonly maxNorm: number;
  readonly meanWeight: number;
  readonly squareWeight: number;
  readonly rate: number;
  readonly epsilon: number;
}

/**
 * Our own kernels for one instance of a backend of tfjs, at work on its tensors where they lie. Results are new tensors,
 * which belong to the caller. All tensors are float32.
 */
export interface FusedKernels {
  readonly backend: tf.KernelBackend;
  /** f(x·W + b). @param x `[batch, inputs]` @param weights `[inputs, outputs]` @param bias `[outputs]` */
  dense(x: TensorInfo, weights: TensorInfo, bias: TensorInfo, activation: Activation | "linear"): TensorInfo;
  /** f(x), of any shape. */
  activate(x: TensorInfo, activation: "swish"): TensorInfo;
  /** dy · f′ of the same shape. @param saved f's result, but of swish its argument */
  activationGradient(dy: TensorInfo, saved: TensorInfo, activation: Activation): TensorInfo;
  /** dz·Wᵀ. @param dz `[batch, outputs]` @param weights `[inputs, outputs]` @returns `[batch, inputs]` */
  inputGradient(dz: TensorInfo, weights: TensorInfo): TensorInfo;
  /** xᵀ·dz, `[inputs, outputs]`, and Σ_rows dz, `[outputs]`: what is not asked for costs nothing. */
  parameterGradients(x: TensorInfo, dz: TensorInfo): { weights(): tf.Tensor; bias(): tf.Tensor };
  /**
   * Overwrites the variables and the moments, which lie one variable after the other, by one step of Adam: with
   * g the gradient, scaled down to the largest norm, m ← m + meanWeight (g − m), v ← v + squareWeight (g² − v),
   * θ ← θ − rate · m / (√v + epsilon).
   *
   * @param gradients one per variable @returns norm of the gradient before clipping
   */
  adam(
    variables: readonly tf.Variable[],
    gradients: readonly TensorInfo[],
    means: tf.Variable,
    squares: tf.Variable,
    factors: AdamFactors,
  ): tf.Scalar;
}

/** By the name of the backend; none before the registration, and where they do not fit the build of tfjs. */
const registered = new Map<string, FusedKernels>();

/** The kernels of the current backend, if it has any. */
export function fusedKernels(): FusedKernels | null {
  const kernels = registered.get(tf.getBackend());
  return kernels && kernels.backend === tf.backend() ? kernels : null;
}

/** Puts the kernels to use on their backend, which must be the current one: by `denseAct` and by `Adam`. */
export function adoptFusedKernels(kernels: FusedKernels): void {
  const backendName = tf.getBackend();
  // tfjs forgets no kernels when it makes a new backend.
  const isFirst = !registered.has(backendName);
  registered.set(backendName, kernels);
  if (!isFirst) return;
  const add = (kernelName: string, compute: (inputs: Inputs, activation: string) => TensorInfo) => {
    const kernelFunc: tf.KernelFunc = ({ inputs, attrs }) => compute(inputs as Inputs, String(attrs?.activation));
    tf.registerKernel({ kernelName, backendName, kernelFunc });
  };
  const current = () => registered.get(backendName) as FusedKernels;
  add("DenseAct", ({ x, weights, bias }, activation) =>
    current().dense(x!, weights!, bias!, activation as Activation | "linear"),
  );
  add("Swish", ({ x }) => current().activate(x!, "swish"));
  if (!tf.getGradient("DenseAct")) registerGradients();
}

/**
 * Gradients belong to operations, whatever the backend. These go to the kernels without a detour through tfjs's
 * operations, whose bookkeeping would take longer than the arithmetic on small networks.
 */
function registerGradients(): void {
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
