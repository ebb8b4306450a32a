import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { adoptFusedKernels } from "./fused.js";
import { KernelLibrary } from "./library.js";

type TensorInfo = tf.TensorInfo;
type Inputs = Record<string, TensorInfo>;
type Attributes = Record<string, unknown>;

/** The kernels in use; null before the registration, and where they do not fit the build of tfjs. */
let library: KernelLibrary | null = null;

/**
 * Replaces kernels of the wasm backend of tfjs, which must be the current one, by faster equals, and adds the fused
 * ones. Where the kernels do not fit the build of tfjs, all stays as it is: slower, not different. A second call does
 * nothing.
 */
export async function registerKernelsAsync(): Promise<void> {
  const backend = tf.backend() as BackendWasm;
  if (library?.backend === backend) return;
  const linked = await KernelLibrary.linkAsync(backend);
  if (!linked) return;
  // tfjs forgets no kernels when it makes a new backend: only the first time is there anything stock to replace.
  const isFirst = library === null;
  library = linked;
  adoptFusedKernels(linked);
  if (!isFirst) return;
  replace("BatchMatMul", matMul);
  replace("Tanh", ({ x }) => (isFloat(x!) ? current().activate(x!, "tanh") : null));
  replace("Sum", sum);
}

function current(): KernelLibrary {
  return library as KernelLibrary;
}

/** @param compute null for what it leaves to the stock kernel */
function replace(kernelName: string, compute: (inputs: Inputs, attributes: Attributes) => TensorInfo | null): void {
  const stock = tf.getKernel(kernelName, "wasm");
  tf.unregisterKernel(kernelName, "wasm");
  const kernelFunc: tf.KernelFunc = (parameters) =>
    compute(parameters.inputs as Inputs, parameters.attrs as Attributes) ?? stock.kernelFunc(parameters);
  tf.registerKernel({ ...stock, kernelFunc });
}

/**
 * All products of two matrices. The stock kernel is slow where an operand is transposed, and it keeps a copy of the
 * right one, which would be out of date after a step of Adam in place.
 */
function matMul({ a, b }: Inputs, { transposeA, transposeB }: Attributes): TensorInfo | null {
  if (![a, b].every((x) => isFloat(x!) && x!.shape.length === 2 && tf.util.sizeFromShape(x!.shape) > 0)) return null;
  return current().multiply(a!, b!, transposeA as boolean, transposeB as boolean);
}

/** Σ over the rows of a matrix, the gradient of a bias. */
function sum({ x }: Inputs, { axis, keepDims }: Attributes): TensorInfo | null {
  if (!isFloat(x!) || x!.shape.length !== 2) return null;
  const axes = tf.util.parseAxisParam(axis as number | number[], x!.shape);
  if (axes.length !== 1 || axes[0] !== 0) return null;
  const result = current().sumRows(x!);
  return keepDims ? { ...result, shape: [1, ...result.shape] } : result;
}

function isFloat({ dtype }: TensorInfo): boolean {
  return dtype === "float32";
}
