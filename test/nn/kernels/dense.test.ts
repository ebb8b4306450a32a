import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackendAsync } from "../../../src/nn/backend.js";
import { denseAct, plainDenseAct } from "../../../src/nn/kernels/dense.js";
import { ACTIVATIONS, type Activation } from "../../../src/policy/network.js";
import { Random } from "../../../src/random.js";
import { expectClose } from "../close.js";

const random = new Random(1);
const normals = (count: number, scale = 1) => Float32Array.from({ length: count }, () => scale * random.normal());

type Dense = typeof denseAct;
type Parameters3 = readonly [Float32Array, Float32Array, Float32Array];

/** Result of a layer and the gradients of Σ dy · result for x, weights and bias. */
function evaluate(dense: Dense, data: Parameters3, shape: Shape, activation: Parameters<Dense>[3], dy: Float32Array) {
  const [batch, inputs, outputs] = shape;
  const tensors = tf.tidy(() => {
    const x = tf.tensor2d(data[0], [batch, inputs]);
    const weights = tf.tensor2d(data[1], [inputs, outputs]);
    const bias = tf.tensor1d(data[2]);
    const run = (...p: tf.Tensor[]) => dense(p[0] as tf.Tensor2D, p[1] as tf.Tensor2D, p[2] as tf.Tensor1D, activation);
    const gradients = tf.grads(run)([x, weights, bias], tf.tensor2d(dy, [batch, outputs]));
    return [run(x, weights, bias), ...gradients];
  });
  const values = tensors.map((tensor) => tensor.dataSync().slice() as Float32Array);
  tf.dispose(tensors);
  return values;
}

/** Batch, inputs, outputs. */
type Shape = readonly [number, number, number];

const SHAPES: Shape[] = [
  [1, 1, 1],
  [3, 5, 7],
  [1, 64, 64],
  [5, 8, 8],
  [9, 3, 4],
  [33, 64, 3],
  [17, 64, 1],
  [512, 11, 64],
  [6, 243, 39],
  [10, 256, 256],
  [300, 3, 39],
  [4, 600, 13],
];

describe("denseAct", () => {
  beforeAll(async () => {
    await selectBackendAsync("wasm");
  });

  describe.each(["linear", ...ACTIVATIONS] as const)("with %s", (activation) => {
    it.each(SHAPES)("gives the values and gradients of plain tfjs: batch %i, %i to %i", async (...shape) => {
      const [batch, inputs, outputs] = shape;
      const data = [
        normals(batch * inputs),
        normals(inputs * outputs, 1.5 / Math.sqrt(inputs)),
        normals(outputs),
      ] as const;
      const dy = normals(batch * outputs);
      const ours = evaluate(denseAct, data, shape, activation, dy);
      await selectBackendAsync("cpu");
      const plain = evaluate(plainDenseAct, data, shape, activation, dy);
      await selectBackendAsync("wasm");
      expect(tf.getKernel("DenseAct", "cpu")).toBeUndefined();
      const absolute = [3e-6, 1e-5, 2e-5 * Math.sqrt(batch), 2e-6 * batch];
      ours.forEach((values, i) => {
        expectClose(values, plain[i]!, { relative: 2e-5, absolute: absolute[i]! });
      });
    });
  });

  it.each(ACTIVATIONS)("is right far from 0, and lets through what is not a number: %s", (activation) => {
    const z = Float32Array.from([
      -1e30,
      -300,
      -90,
      -88,
      -20,
      -7.95,
      -1e-3,
      -0,
      1e-3,
      7.95,
      20,
      88,
      300,
      1e30,
      Number.NaN,
    ]);
    const run = (x: tf.Tensor) => denseAct(x as tf.Tensor2D, tf.ones([1, 1]), tf.zeros([1]), activation);
    const values = tf.tidy(() => run(tf.tensor2d(z, [15, 1])).dataSync());
    expectClose(values.slice(0, 14), [...z.slice(0, 14)].map(scalarActivations[activation]), {
      relative: 1e-6,
      absolute: 1e-6,
    });
    expect(values[14]).toBeNaN();
  });

  it.each(ACTIVATIONS)("is within 1e-6 of %s all along the line", (activation) => {
    const z = Float32Array.from({ length: 20_001 }, (_, i) => (i - 10_000) / 500);
    const run = () => denseAct(tf.tensor2d(z, [z.length, 1]), tf.ones([1, 1]), tf.zeros([1]), activation);
    const values = tf.tidy(() => run().dataSync());
    expectClose(values, Array.from(z, scalarActivations[activation]), { relative: 1e-6, absolute: 5e-7 });
  });

  it("gives a number the same result wherever it lies", () => {
    const value = normals(1)[0]!;
    for (const activation of ACTIVATIONS) {
      const bias = new Float32Array(7).fill(value);
      const values = tf.tidy(() =>
        denseAct(tf.zeros([2, 1]), tf.zeros([1, 7]), tf.tensor1d(bias), activation).dataSync(),
      );
      expect(new Set(values).size).toBe(1);
    }
  });

  it("goes on after the memory has grown", () => {
    const [data, dy] = [[normals(20 * 30), normals(30 * 40), normals(40)] as const, normals(20 * 40)];
    const before = evaluate(denseAct, data, [20, 30, 40], "tanh", dy);
    const { buffer } = memory();
    const large = tf.zeros([1024, 1024, 32]); // 128 MiB
    expect(memory().buffer.byteLength).toBeGreaterThan(buffer.byteLength);
    expect(evaluate(denseAct, data, [20, 30, 40], "tanh", dy)).toEqual(before);
    // Scratch memory for a larger product than any before.
    expect(
      tf.tidy(
        () =>
          tf
            .matMul(tf.ones([2, 1000]), tf.ones([1000, 3000]))
            .max()
            .dataSync()[0],
      ),
    ).toBe(1000);
    large.dispose();
  });

  it("leaves no data behind", () => {
    const compute = () => evaluate(denseAct, [normals(6), normals(12), normals(4)], [2, 3, 4], "swish", normals(8));
    compute();
    const before = [tf.memory().numTensors, tf.engine().backend.numDataIds()];
    compute();
    expect([tf.memory().numTensors, tf.engine().backend.numDataIds()]).toEqual(before);
  });
});

const scalarActivations: Record<Activation, (x: number) => number> = {
  tanh: Math.tanh,
  relu: (x) => Math.max(x, 0),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  swish: (x) => x / (1 + Math.exp(-x)),
};

function memory(): WebAssembly.Memory {
  const { wasm } = tf.backend() as unknown as { wasm: { asm: { memory: WebAssembly.Memory } } };
  return wasm.asm.memory;
}
