import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { Adam } from "../../../src/nn/adam.js";
import { onBackendAsync, selectBackendAsync } from "../../../src/nn/backend.js";
import { denseAct, plainDenseAct } from "../../../src/nn/kernels/dense.js";
import { gpuLibrary } from "../../../src/nn/webgpu/start.js";
import { ACTIVATIONS, type Activation } from "../../../src/policy/network.js";
import { Random } from "../../../src/random.js";
import { countCallsAsync } from "../../support/countCalls.js";

// Run where there is WebGPU, by test/support/gpuHosts.ts; results are plain data.

type Case = readonly [activation: Activation | "linear", batch: number, inputs: number, outputs: number];

const CASES: readonly Case[] = [
  ["tanh", 1, 1, 1],
  ["tanh", 3, 5, 7],
  ["tanh", 17, 64, 1],
  ["tanh", 6, 243, 39],
  ["tanh", 130, 67, 129],
  ["linear", 65, 17, 3],
  ["relu", 65, 17, 3],
  ["elu", 65, 17, 3],
  ["swish", 65, 17, 3],
];

export interface DenseResult {
  readonly name: string;
  /** Largest |difference| / (tolerance + tolerance · |plain|) over result and gradients for x, weights, bias. */
  readonly worst: readonly number[];
  /** Root mean square of what plain tfjs gives, so that nothing is compared with nothing. */
  readonly size: readonly number[];
}

/** `denseAct` on WebGPU and plain tfjs on the cpu. */
export async function denseResults(): Promise<DenseResult[]> {
  const results: DenseResult[] = [];
  for (const [activation, batch, inputs, outputs] of CASES) {
    const random = new Random(batch);
    const normals = (count: number, scale = 1) => Float32Array.from({ length: count }, () => scale * random.normal());
    const data = [
      normals(batch * inputs),
      normals(inputs * outputs, 1.5 / Math.sqrt(inputs)),
      normals(outputs),
    ] as const;
    const dy = normals(batch * outputs);
    const evaluate = async (dense: typeof denseAct) => {
      const tensors = tf.tidy(() => {
        const x = tf.tensor2d(data[0], [batch, inputs]);
        const weights = tf.tensor2d(data[1], [inputs, outputs]);
        const bias = tf.tensor1d(data[2]);
        const run = (...p: tf.Tensor[]) =>
          dense(p[0] as tf.Tensor2D, p[1] as tf.Tensor2D, p[2] as tf.Tensor1D, activation);
        return [run(x, weights, bias), ...tf.grads(run)([x, weights, bias], tf.tensor2d(dy, [batch, outputs]))];
      });
      const values = await Promise.all(tensors.map((tensor) => tensor.data<"float32">()));
      tf.dispose(tensors);
      return values;
    };
    await selectBackendAsync("cpu");
    const plain = await evaluate(plainDenseAct);
    await selectBackendAsync("webgpu");
    const ours = await evaluate(denseAct);
    const tolerance = 2e-5 * Math.sqrt(batch);
    results.push({
      name: `${activation}, batch ${batch}, ${inputs} to ${outputs}`,
      worst: plain.map((values, t) =>
        values.reduce((worst, value, i) => {
          const difference = Math.abs(value - ours[t]![i]!) / (tolerance + tolerance * Math.abs(value));
          return difference <= worst ? worst : difference;
        }, 0),
      ),
      size: plain.map((values) => Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length)),
    });
  }
  return results;
}

/** Values of activations far from 0, at ±0 and of what is not a number. */
export async function extremeValues(): Promise<Record<string, (number | null)[]>> {
  await selectBackendAsync("webgpu");
  const z = Float32Array.of(-1e30, -300, -20, -1e-3, 0, 1e-3, 20, 300, 1e30, Number.NaN);
  const results: Record<string, (number | null)[]> = {};
  for (const activation of ACTIVATIONS) {
    const y = tf.tidy(() => denseAct(tf.tensor2d(z, [z.length, 1]), tf.ones([1, 1]), tf.zeros([1]), activation));
    results[activation] = Array.from(await y.data(), (value) => (Number.isNaN(value) ? null : value));
    y.dispose();
  }
  return results;
}

/** What the gradient kernels cost where only some gradients are asked for, and what is left behind. */
export async function denseBookkeeping(): Promise<{
  onlyWeights: number;
  onlyInput: number;
  all: number;
  left: number;
}> {
  await selectBackendAsync("webgpu");
  const [x, weights, bias] = [tf.ones<tf.Rank.R2>([4, 3]), tf.ones<tf.Rank.R2>([3, 2]), tf.ones<tf.Rank.R1>([2])];
  const run = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) =>
    denseAct(a as tf.Tensor2D, b as tf.Tensor2D, c as tf.Tensor1D, "linear");
  const countAsync = (gradients: () => tf.TensorContainer) => countDispatchesAsync(() => tf.dispose(gradients()));
  await bias.data();
  const computeAsync = async () => ({
    onlyWeights: await countAsync(() => tf.grad((b) => run(x, b, bias))(weights)),
    onlyInput: await countAsync(() => tf.grad((a) => run(a, weights, bias))(x)),
    all: await countAsync(() => tf.grads(run)([x, weights, bias])),
  });
  await computeAsync();
  const before = [tf.memory().numTensors, tf.engine().backend.numDataIds()] as const;
  const counts = await computeAsync();
  const left = tf.memory().numTensors - before[0] + tf.engine().backend.numDataIds() - before[1];
  return { ...counts, left };
}

async function countDispatchesAsync(work: () => void): Promise<number> {
  const [count] = await countCallsAsync([[GPUComputePassEncoder.prototype, "dispatchWorkgroups"]], work);
  return count!;
}

/** Fifteen steps of Adam with the same random gradients; the variables, and the norms of the gradients. */
export interface AdamResult {
  readonly variables: readonly number[][];
  readonly norms: readonly number[];
}

const VARIABLES = [[7, 5], [5], [1, 1], [3], [64, 39], [200, 110], [2], [2], [1]];

export async function adamResults(): Promise<{ plain: AdamResult; ours: AdamResult; dispatches: number }> {
  let dispatches = 0;
  const steps = async (backend: "webgpu" | "cpu"): Promise<AdamResult> => {
    await selectBackendAsync(backend);
    const random = new Random(3);
    const normal = (shape: number[], scale: number) =>
      tf.tensor(
        Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => scale * random.normal()),
        shape,
      );
    const variables = VARIABLES.map((shape) => tf.tidy(() => tf.variable(normal(shape, 1))));
    const adam = new Adam(variables, { maxGradientNorm: 10 });
    const norms: number[] = [];
    for (let step = 0; step < 15; step++) {
      const gradients = VARIABLES.map((shape) => normal(shape, step % 2 ? 1 : 0.01));
      let norm: tf.Scalar | undefined;
      const takeStep = () => {
        norm = adam.step(gradients, 0.01);
      };
      if (backend === "webgpu") dispatches = await countDispatchesAsync(takeStep);
      else takeStep();
      norms.push((await norm!.data())[0]!);
      tf.dispose([...gradients, norm!]);
    }
    const values = await Promise.all(variables.map(async (variable) => Array.from(await variable.data())));
    adam.dispose();
    tf.dispose(variables);
    return { variables: values, norms };
  };
  const plain = await steps("cpu");
  return { plain, ours: await steps("webgpu"), dispatches };
}

/** What shares the memory of a variable, and what was read of it before a step, against the variable after it. */
export async function adamAliases(): Promise<{
  aliases: number[][];
  before: number[];
  after: number[];
  isOurs: boolean;
}> {
  await selectBackendAsync("webgpu");
  const original = tf.tensor1d([1, 2, 3, 4, 5]);
  const variable = tf.variable(original);
  const clone = variable.clone();
  const adam = new Adam([variable]);
  const gradient = tf.ones([5]);
  const before = Array.from(await variable.data());
  for (let step = 0; step < 2; step++) {
    adam.step([gradient], 0.5).dispose();
    await variable.data();
  }
  const aliases = await Promise.all([original, clone].map(async (alias) => Array.from(await alias.data())));
  return { aliases, before, after: Array.from(await variable.data()), isOurs: gpuLibrary() !== null };
}

/** What work on the backend rejects with; last, since the device is of no use afterwards. */
export async function failures(): Promise<{ afterInvalidShader: string; otherError: string }> {
  await selectBackendAsync("webgpu");
  const failure = (work: () => Promise<unknown>) =>
    onBackendAsync(work).then(
      () => "none",
      ({ name, message }: Error) => `${name}: ${message}`,
    );
  const otherError = await failure(() => Promise.reject(new TypeError("a mistake")));
  const afterInvalidShader = await failure(async () => {
    const { device } = tf.backend() as WebGPUBackend;
    device.createShaderModule({ code: "this is no shader" });
    device.queue.submit([]); // a browser may hold back what is not followed by work
    await new Promise(() => {});
  });
  return { afterInvalidShader, otherError };
}
