import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackendAsync } from "../../../src/nn/backend.js";
import { KernelLibrary } from "../../../src/nn/kernels/library.js";
import { registerKernelsAsync } from "../../../src/nn/kernels/register.js";
import { Random } from "../../../src/random.js";
import { expectClose } from "../close.js";

const random = new Random(1);
const normals = (count: number, scale = 1) => Float32Array.from({ length: count }, () => scale * random.normal());

/** Runs the same function on plain tfjs (the cpu backend) and on wasm with the replaced kernels. */
async function onBoth(compute: () => tf.Tensor[]): Promise<{ plain: Float32Array[]; ours: Float32Array[] }> {
  const runOn = async (backend: "cpu" | "wasm") => {
    await selectBackendAsync(backend);
    const tensors = tf.tidy(compute);
    const data = tensors.map((tensor) => tensor.dataSync().slice() as Float32Array);
    tf.dispose(tensors);
    return data;
  };
  return { plain: await runOn("cpu"), ours: await runOn("wasm") };
}

describe("selectBackendAsync", () => {
  it('takes wasm on one thread for "auto"', async () => {
    expect(await selectBackendAsync("auto")).toBe("wasm");
    expect(tf.getBackend()).toBe("wasm");
    expect((await import("@tensorflow/tfjs-backend-wasm")).getThreadsCount()).toBe(1);
  });
});

describe("the replaced kernels of the wasm backend", () => {
  beforeAll(async () => {
    await selectBackendAsync("wasm");
  });

  it("are put in place once", async () => {
    const names = ["BatchMatMul", "Tanh", "Sum", "DenseAct"];
    const kernels = names.map((name) => tf.getKernel(name, "wasm").kernelFunc);
    await registerKernelsAsync();
    expect(names.map((name) => tf.getKernel(name, "wasm").kernelFunc)).toEqual(kernels);
  });

  it("are not used where tfjs is built otherwise than expected", async () => {
    const { wasm } = tf.backend() as BackendWasm;
    const shared = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    for (const change of [{ asm: undefined }, { asm: { memory: shared } }, { _malloc: undefined }]) {
      const backend = { wasm: { ...wasm, ...change } } as unknown as BackendWasm;
      expect(await KernelLibrary.linkAsync(backend)).toBeNull();
    }
  });

  it.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])("multiply and differentiate as plain tfjs with transposed operands (%s, %s)", async (transposeA, transposeB) => {
    const [left, right] = [normals(7 * 5), normals(5 * 3)];
    const { plain, ours } = await onBoth(() => {
      const a = tf.tensor2d(left, transposeA ? [5, 7] : [7, 5]);
      const b = tf.tensor2d(right, transposeB ? [3, 5] : [5, 3]);
      const product = (x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, transposeA, transposeB);
      const gradients = tf.grads((x, y) => tf.sum(tf.square(product(x as tf.Tensor, y as tf.Tensor))))([a, b]);
      return [product(a, b), ...gradients];
    });
    ours.forEach((values, i) => {
      expectClose(values, plain[i] as Float32Array);
    });
  });

  it("multiply stacks of matrices with transposed operands", async () => {
    const [left, right] = [normals(2 * 4 * 3), normals(2 * 5 * 3)];
    const { plain, ours } = await onBoth(() => [
      tf.matMul(tf.tensor3d(left, [2, 4, 3]), tf.tensor3d(right, [2, 5, 3]), false, true),
    ]);
    expectClose(ours[0] as Float32Array, plain[0] as Float32Array);
  });

  it("take the hyperbolic tangent to 5e-7, large and small, and its gradient", async () => {
    const x = Float32Array.from([-1e4, -20, -5, -1, -1e-3, 0, 1e-3, 0.5, 1, 5, 20, 1e4]);
    await selectBackendAsync("wasm");
    const y = tf.tidy(() => tf.tanh(tf.tensor1d(x)).dataSync());
    const slope = tf.tidy(() =>
      tf
        .grad((t) => tf.tanh(t))(tf.tensor1d(x))
        .dataSync(),
    );
    expectClose(y, x.map(Math.tanh), { relative: 0, absolute: 5e-7 });
    expectClose(
      slope,
      x.map((v) => 1 - Math.tanh(v) ** 2),
      { relative: 0, absolute: 1e-6 },
    );
  });

  it.each([
    { shape: [6, 4], axis: 0, keepDims: false },
    { shape: [6, 4], axis: 0, keepDims: true },
    { shape: [6, 4], axis: -2, keepDims: false },
    { shape: [6, 4], axis: 1, keepDims: false },
    { shape: [1, 4], axis: 0, keepDims: false },
    { shape: [6, 1], axis: 0, keepDims: false },
    { shape: [700, 3], axis: 0, keepDims: false },
    { shape: [2, 3, 4], axis: 0, keepDims: false },
    { shape: [24], axis: 0, keepDims: false },
  ])("sum as plain tfjs: $shape over axis $axis, keepDims $keepDims", async ({ shape, axis, keepDims }) => {
    const values = normals(shape.reduce((a, b) => a * b));
    let shapes: number[][] = [];
    const { plain, ours } = await onBoth(() => {
      const sum = tf.sum(tf.tensor(values, shape), axis, keepDims);
      shapes = [...shapes, sum.shape];
      return [sum];
    });
    expect(shapes[1]).toEqual(shapes[0]);
    expectClose(ours[0] as Float32Array, plain[0] as Float32Array, { absolute: 2e-5 });
  });

  it("sum integers as integers", async () => {
    await selectBackendAsync("wasm");
    const sum = tf.tidy(() => tf.sum(tf.tensor2d([1, 2, 3, 4], [2, 2], "int32"), 0).dataSync());
    expect(sum).toEqual(new Int32Array([4, 6]));
  });

  it("leave no data behind", async () => {
    await selectBackendAsync("wasm");
    const compute = () =>
      tf.tidy(() => {
        const x = tf.tensor2d(normals(12), [4, 3]);
        tf.grads((a, b) => tf.sum(tf.tanh(tf.add(tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, false, true), 1)), 0))([
          x,
          x,
        ]);
      });
    compute();
    const before = [tf.memory().numTensors, tf.engine().backend.numDataIds()];
    compute();
    expect([tf.memory().numTensors, tf.engine().backend.numDataIds()]).toEqual(before);
  });
});
