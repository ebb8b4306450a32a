import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../src/inputError.js";
import { selectBackendAsync } from "../../src/nn/backend.js";
import { Mlp, type MlpOptions } from "../../src/nn/mlp.js";
import { ACTIVATIONS, type Activation, type DenseLayer } from "../../src/policy/network.js";
import { Random } from "../../src/random.js";
import { expectClose } from "./close.js";

const SIZES = [3, 5, 4, 2];
const X = [0.3, -1.2, 0.7];

const scalarActivations: Record<Activation, (x: number) => number> = {
  tanh: Math.tanh,
  relu: (x) => Math.max(x, 0),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  swish: (x) => x / (1 + Math.exp(-x)),
};

/** The network in plain double precision; parameters are `[weights, bias, weights, bias, …]`. */
function forward(parameters: readonly Float64Array[], activation: Activation, x: readonly number[]): number[] {
  let h = [...x];
  for (let layer = 0; layer < parameters.length / 2; layer++) {
    const [weights, bias] = parameters.slice(2 * layer) as [Float64Array, Float64Array];
    const input = layer === 0 ? h : h.map(scalarActivations[activation]);
    h = Array.from(bias, (b, o) =>
      input.reduce((sum, value, i) => sum + value * (weights[i * bias.length + o] as number), b),
    );
  }
  return h;
}

const random = new Random(1);
const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());

function randomLayers(sizes: readonly number[]): DenseLayer[] {
  return sizes.slice(1).map((outputs, i) => {
    const inputs = sizes[i] as number;
    return { inputs, outputs, weights: normals(inputs * outputs), bias: normals(outputs) };
  });
}

const networks: Mlp[] = [];

function create(options: Partial<MlpOptions> = {}): Mlp {
  const mlp = new Mlp({
    name: "actor",
    inputs: 3,
    hidden: [5, 4],
    outputs: 2,
    activation: "tanh",
    headGain: 1,
    random: new Random(2),
    ...options,
  });
  networks.push(mlp);
  return mlp;
}

describe.each(["wasm", "cpu"] as const)("Mlp on %s", (backend) => {
  beforeAll(async () => {
    await selectBackendAsync(backend);
  });
  afterEach(() => {
    for (const mlp of networks.splice(0)) mlp.dispose();
  });

  it.each(ACTIVATIONS)("computes its layers with %s between them, and their gradient", (activation) => {
    const layers = randomLayers(SIZES);
    const mlp = create({ activation });
    mlp.load(layers);
    const x = tf.tensor2d([X, [0, 0, 0]]);
    const y = tf.tidy(() => mlp.forward(x).dataSync());
    const { value, grads } = tf.variableGrads(() => tf.sum(mlp.forward(x)), [...mlp.variables]);
    const gradients = mlp.variables.map((variable) => (grads[variable.name] as tf.Tensor).dataSync());
    tf.dispose([x, value, grads]);

    const parameters = layers.flatMap(({ weights, bias }) => [Float64Array.from(weights), Float64Array.from(bias)]);
    const expected = [...forward(parameters, activation, X), ...forward(parameters, activation, [0, 0, 0])];
    expectClose(y, expected, { absolute: 1e-5 });

    const sum = () =>
      [...forward(parameters, activation, X), ...forward(parameters, activation, [0, 0, 0])].reduce((a, b) => a + b);
    parameters.forEach((values, p) => {
      const differences = values.map((value, i) => {
        values[i] = value + 1e-5;
        const above = sum();
        values[i] = value - 1e-5;
        const below = sum();
        values[i] = value;
        return (above - below) / 2e-5;
      });
      expectClose(gradients[p] as Float32Array, differences, { relative: 1e-4, absolute: 2e-5 });
    });
  });

  it("starts with orthogonal weights of the given gains and no bias", async () => {
    const layers = await create({ hidden: [8, 6], headGain: 0.01 }).toLayersAsync();
    expect(layers.map(({ inputs, outputs }) => [inputs, outputs])).toEqual([
      [3, 8],
      [8, 6],
      [6, 2],
    ]);
    const squares = layers.map(({ weights }) => weights.reduce((sum, w) => sum + w * w, 0));
    // k orthogonal vectors of length gain, k the shorter side: 3·2, 6·2 and 2·10⁻⁴.
    expectClose(squares, [6, 12, 2e-4], { relative: 1e-4 });
    expect(layers.every(({ bias }) => bias.every((b) => b === 0))).toBe(true);
  });

  it("is an affine map without hidden layers", () => {
    const mlp = create({ hidden: [], inputs: 2, outputs: 1 });
    mlp.load([{ inputs: 2, outputs: 1, weights: new Float32Array([2, 3]), bias: new Float32Array([10]) }]);
    expect(tf.tidy(() => [...mlp.forward(tf.tensor2d([[1, 1]])).dataSync()])).toEqual([15]);
  });

  it("gives and takes its weights as copies", async () => {
    const layers = randomLayers(SIZES);
    const expected = structuredClone(layers);
    const mlp = create();
    mlp.load(layers);
    (layers[0] as DenseLayer).weights.fill(0);
    const copy = await mlp.toLayersAsync();
    expect(copy).toEqual(expected);
    (copy[0] as DenseLayer).weights.fill(0);
    expect(await mlp.toLayersAsync()).toEqual(expected);
  });

  it("says which layers do not fit", () => {
    const message = 'The network "actor" has the layers 3×5, 5×4, 4×2, but those to load are 3×6, 6×2.';
    expect(() => create().load(randomLayers([3, 6, 2]))).toThrow(new InputError(message));
  });

  it("leaves no tensors behind", () => {
    const before = tf.memory().numTensors;
    const mlp = create();
    mlp.load(randomLayers(SIZES));
    tf.dispose([mlp.forward(tf.tidy(() => tf.zeros([4, 3])))]);
    expect(tf.memory().numTensors).toBe(before + 6 + 1);
    mlp.dispose();
    networks.pop();
    expect(tf.memory().numTensors).toBe(before + 1);
  });
});
