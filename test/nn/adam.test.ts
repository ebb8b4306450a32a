import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { Adam, type AdamOptions } from "../../src/nn/adam.js";
import { selectBackendAsync } from "../../src/nn/backend.js";
import { readGolden } from "../golden/readGolden.js";
import { expectClose } from "./close.js";

interface Golden {
  readonly shapes: readonly number[][];
  readonly maxGradientNorm: number;
  readonly epsilon: number;
  readonly initial: readonly number[][];
  readonly learningRates: readonly number[];
  /** Per step and variable. */
  readonly gradients: readonly number[][][];
  readonly norms: readonly number[];
  readonly parameters: readonly number[][][];
}

const owned: { dispose(): void }[] = [];

function create(values: readonly number[][], shapes: readonly number[][], options?: AdamOptions) {
  const variables = shapes.map((shape, i) => tf.tidy(() => tf.variable(tf.tensor(values[i] as number[], shape))));
  const adam = new Adam(variables, options);
  owned.push(adam, ...variables);
  /** One step; gives the norm of the gradients. */
  const step = (gradients: readonly number[][], learningRate: number) =>
    tf.tidy(() => {
      const tensors = gradients.map((gradient, i) => tf.tensor(gradient, shapes[i]));
      return adam.step(tensors, learningRate).dataSync()[0] as number;
    });
  return { adam, variables, step };
}

describe.each(["wasm", "cpu"] as const)("Adam on %s", (backend) => {
  beforeAll(async () => {
    await selectBackendAsync(backend);
  });
  afterEach(() => {
    for (const thing of owned.splice(0)) thing.dispose();
  });

  it("follows PyTorch through twenty steps with clipping and a falling rate", () => {
    const golden = readGolden<Golden>("adam");
    expect(Math.min(...golden.norms)).toBeLessThan(golden.maxGradientNorm);
    expect(Math.max(...golden.norms)).toBeGreaterThan(golden.maxGradientNorm);
    const { variables, step } = create(golden.initial, golden.shapes, golden);
    golden.gradients.forEach((gradients, i) => {
      expectClose([step(gradients, golden.learningRates[i] as number)], [golden.norms[i] as number]);
      variables.forEach((variable, v) => {
        expectClose(variable.dataSync(), golden.parameters[i]?.[v] as number[]);
      });
    });
  });

  it("moves by the learning rate against the sign of the first gradient, however large", () => {
    // m̂ = g, v̂ = g², so the step is α g / (|g| + ε).
    const { variables, step } = create([[1, 1, 1]], [[3]], { epsilon: 1e-12 });
    expect(step([[3, -4, 0]], 0.1)).toBeCloseTo(5, 5);
    expectClose(variables[0]?.dataSync() as Float32Array, [0.9, 1.1, 1]);
  });

  it("goes on from a saved state as if nothing had happened", async () => {
    const one = create([[1, 2]], [[2]], { maxGradientNorm: 1 });
    one.step([[1, -2]], 0.1);
    one.step([[3, 1]], 0.1);
    const state = await one.adam.stateAsync();
    expect(state.step).toBe(2);
    const other = create([[...(one.variables[0] as tf.Variable).dataSync()]], [[2]], { maxGradientNorm: 1 });
    // What is handed over, in either direction, is a copy.
    const saved = structuredClone(state);
    state.mean.fill(9);
    other.adam.restore(saved);
    saved.mean.fill(9);
    for (const { step } of [one, other]) step([[-1, 5]], 0.05);
    expect(other.variables[0]?.dataSync()).toEqual(one.variables[0]?.dataSync());
    expect(await other.adam.stateAsync()).toEqual(await one.adam.stateAsync());
  });

  it("leaves no tensors behind but the norm", () => {
    const before = tf.memory().numTensors;
    const { adam, variables, step } = create([[1, 2], [3]], [[2], [1, 1]], { maxGradientNorm: 1 });
    const created = tf.memory().numTensors;
    expect(created).toBe(before + 4);
    step([[1, 1], [1]], 0.1);
    expect(tf.memory().numTensors).toBe(created);
    const gradients = variables.map((variable) => tf.onesLike(variable));
    adam.step(gradients, 0.1).dispose();
    tf.dispose(gradients);
    expect(tf.memory().numTensors).toBe(created);
    for (const thing of owned.splice(0)) thing.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
