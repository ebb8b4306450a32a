import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

type TensorInfo = tf.TensorInfo;

/** A kernel of the wasm backend: gives a tensor that the caller owns. */
type Kernel = (
  inputs: Record<string, TensorInfo>,
  attributes: Record<string, unknown>,
  backend: BackendWasm,
) => TensorInfo;

/** The kernels as tfjs ships them, by name; empty until the first registration. */
const stock = new Map<string, tf.KernelConfig>();

/**
 * Replaces three kernels of the wasm backend of tfjs 4.22 by faster equals, so that networks, losses and their gradients
 * stay plain tfjs. Call after the backend's module was imported; a second call does nothing.
 */
export function registerWasmKernels(): void {
  const replacements: Record<string, Kernel> = { BatchMatMul: matMul, Tanh: tanh, Sum: sum };
  for (const [kernelName, replacement] of Object.entries(replacements)) {
    if (stock.has(kernelName)) continue;
    const config = tf.getKernel(kernelName, "wasm");
    stock.set(kernelName, config);
    tf.unregisterKernel(kernelName, "wasm");
    tf.registerKernel({
      ...config,
      kernelFunc: ({ inputs, attrs, backend }) =>
        replacement(inputs as Record<string, TensorInfo>, attrs as Record<string, unknown>, backend as BackendWasm),
    });
  }
}

/** The stock kernel of that name. */
function run(
  kernelName: string,
  inputs: Record<string, TensorInfo>,
  attributes: Record<string, unknown>,
  backend: BackendWasm,
): TensorInfo {
  const { kernelFunc } = stock.get(kernelName) ?? tf.getKernel(kernelName, "wasm");
  return kernelFunc({ inputs, attrs: attributes as tf.NamedAttrMap, backend }) as TensorInfo;
}

/** A·B. With a transposed operand, stock takes a loop about 12 times slower than the product: transpose first. */
function matMul(
  inputs: Record<string, TensorInfo>,
  attributes: Record<string, unknown>,
  backend: BackendWasm,
): TensorInfo {
  const { a, b } = inputs as { a: TensorInfo; b: TensorInfo };
  const plainA = attributes.transposeA ? transposeMatrix(a, backend) : a;
  const plainB = attributes.transposeB ? transposeMatrix(b, backend) : b;
  const product = run("BatchMatMul", { a: plainA, b: plainB }, { transposeA: false, transposeB: false }, backend);
  if (plainA !== a) backend.disposeData(plainA.dataId);
  if (plainB !== b) backend.disposeData(plainB.dataId);
  return product;
}

/** Swaps the last two axes. */
function transposeMatrix(x: TensorInfo, backend: BackendWasm): TensorInfo {
  const axes = x.shape.map((_, axis) => axis);
  const perm = [...axes.slice(0, -2), axes.length - 1, axes.length - 2];
  return run("Transpose", { x }, { perm }, backend);
}

/** tanh x = 2·σ(2x) − 1, to 2e-7 absolute: sigmoid and arithmetic are vectorised, the stock tanh is not. */
function tanh(
  inputs: Record<string, TensorInfo>,
  _attributes: Record<string, unknown>,
  backend: BackendWasm,
): TensorInfo {
  const { x } = inputs as { x: TensorInfo };
  const one = backend.makeOutput([], "float32", undefined, new Float32Array([1]));
  const doubled = run("Add", { a: x, b: x }, {}, backend);
  const sigmoid = run("Sigmoid", { x: doubled }, {}, backend);
  const doubledSigmoid = run("Add", { a: sigmoid, b: sigmoid }, {}, backend);
  const result = run("Sub", { a: doubledSigmoid, b: one }, {}, backend);
  for (const intermediate of [one, doubled, sigmoid, doubledSigmoid]) backend.disposeData(intermediate.dataId);
  return result;
}

/**
 * Σ over the rows of a matrix, the gradient of a bias. Stock transposes and then adds one by one; here the average
 * pooling of an image of one channel per column, which is vectorised, is scaled up again.
 */
function sum(
  inputs: Record<string, TensorInfo>,
  attributes: Record<string, unknown>,
  backend: BackendWasm,
): TensorInfo {
  const { x } = inputs as { x: TensorInfo };
  const axes = tf.util.parseAxisParam(attributes.axis as number | number[], x.shape);
  const [rows, columns] = x.shape as [number, number];
  if (x.dtype !== "float32" || x.shape.length !== 2 || axes.length !== 1 || axes[0] !== 0 || rows === 1) {
    return run("Sum", inputs, attributes, backend);
  }
  const image = { ...x, shape: [1, rows, 1, columns] };
  const pool = { filterSize: [rows, 1], strides: [1, 1], pad: "valid" };
  const count = backend.makeOutput([], "float32", undefined, new Float32Array([rows]));
  const average = run("AvgPool", { x: image }, pool, backend);
  const result = run("Multiply", { a: average, b: count }, {}, backend);
  for (const intermediate of [count, average]) backend.disposeData(intermediate.dataId);
  return { ...result, shape: attributes.keepDims ? [1, columns] : [columns] };
}
