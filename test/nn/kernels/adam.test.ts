import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { Adam } from "../../../src/nn/adam.js";
import { selectBackendAsync } from "../../../src/nn/backend.js";
import { Mlp } from "../../../src/nn/mlp.js";
import { Random } from "../../../src/random.js";
import { expectClose } from "../close.js";

const SHAPES = [[7, 5], [5], [1, 1], [3], [64, 39]];

/** Fifty steps with the same random gradients on one backend; gives the variables, and the norms of the gradients. */
async function fiftySteps(backend: "wasm" | "cpu"): Promise<{ variables: Float32Array[]; norms: number[] }> {
  await selectBackendAsync(backend);
  const random = new Random(3);
  const normal = (shape: number[], scale: number) =>
    tf.tensor(
      Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => scale * random.normal()),
      shape,
    );
  const variables = SHAPES.map((shape) => tf.tidy(() => tf.variable(normal(shape, 1))));
  const adam = new Adam(variables, { maxGradientNorm: 1 });
  const norms: number[] = [];
  for (let step = 0; step < 50; step++) {
    tf.tidy(() => {
      const gradients = SHAPES.map((shape) => normal(shape, step % 2 ? 1 : 0.01));
      norms.push(adam.step(gradients, 0.01).dataSync()[0] as number);
    });
  }
  const values = variables.map((variable) => variable.dataSync().slice() as Float32Array);
  adam.dispose();
  tf.dispose(variables);
  return { variables: values, norms };
}

describe("Adam in place", () => {
  beforeAll(async () => {
    await selectBackendAsync("wasm");
  });

  it("makes the same fifty steps as in plain tfjs", async () => {
    const plain = await fiftySteps("cpu");
    const ours = await fiftySteps("wasm");
    expectClose(ours.norms, plain.norms, { relative: 1e-6, absolute: 0 });
    ours.variables.forEach((values, i) => {
      expectClose(values, plain.variables[i]!, { relative: 1e-6, absolute: 1e-6 });
    });
  });

  it("leaves alone what had the same memory as the variable", () => {
    const original = tf.tensor1d([1, 2, 3, 4, 5]);
    const variable = tf.variable(original);
    const clone = variable.clone();
    const reshaped = variable.reshape([5, 1]);
    const adam = new Adam([variable]);
    const gradient = tf.ones([5]);
    for (let step = 0; step < 2; step++) adam.step([gradient], 0.5).dispose();
    for (const alias of [original, clone, reshaped]) expect([...alias.dataSync()]).toEqual([1, 2, 3, 4, 5]);
    expectClose(variable.dataSync(), [0, 1, 2, 3, 4], { absolute: 1e-4 });
    adam.dispose();
    tf.dispose([original, variable, clone, reshaped, gradient]);
  });

  it("is seen by every later product, also after a restore", async () => {
    const create = () =>
      new Mlp({
        name: "net",
        inputs: 3,
        hidden: [8],
        outputs: 2,
        activation: "tanh",
        headGain: 1,
        random: new Random(1),
      });
    const [mlp, fresh] = [create(), create()];
    const x = tf.tensor2d([0.3, -1.2, 0.7, 1, 2, 3], [2, 3]);
    const output = (network: Mlp) => tf.tidy(() => [...network.forward(x).dataSync()]);
    const product = (network: Mlp) => tf.tidy(() => [...tf.matMul(x, network.variables[0] as tf.Tensor2D).dataSync()]);
    const adam = new Adam(mlp.variables);
    const gradients = mlp.variables.map((variable) => tf.onesLike(variable));
    const saved = await mlp.toLayersAsync();
    const [first, firstProduct] = [output(mlp), product(mlp)];
    adam.step(gradients, 0.1).dispose();
    fresh.load(await mlp.toLayersAsync());
    expect(output(mlp)).not.toEqual(first);
    expect(output(mlp)).toEqual(output(fresh));
    expect(product(mlp)).toEqual(product(fresh));
    mlp.load(saved);
    expect(output(mlp)).toEqual(first);
    expect(product(mlp)).toEqual(firstProduct);
    adam.step(gradients, 0.1).dispose();
    expect(output(mlp)).not.toEqual(first);
    adam.dispose();
    tf.dispose([x, ...gradients]);
    for (const network of [mlp, fresh]) network.dispose();
  });
});
