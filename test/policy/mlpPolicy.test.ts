import { describe, expect, it } from "vitest";
import { InputError } from "../../src/inputError.js";
import { MlpPolicy } from "../../src/policy/mlpPolicy.js";
import type { PolicyNetwork } from "../../src/policy/network.js";
import { Random } from "../../src/random.js";
import { randomNetwork, randomObservations } from "./randomNetwork.js";

/** Two observations, two hidden units, one action. */
const tiny: PolicyNetwork = {
  observationSize: 2,
  actionSpec: { continuous: 1, discrete: [] },
  activation: "relu",
  normalizer: { mean: Float32Array.of(0, 1), std: Float32Array.of(1, 2), clip: 5 },
  layers: [
    { inputs: 2, outputs: 2, weights: Float32Array.of(0.5, -1, 0.25, 0.5), bias: Float32Array.of(0.25, 0) },
    { inputs: 2, outputs: 1, weights: Float32Array.of(0.5, 2), bias: Float32Array.of(0.125) },
  ],
  squash: "clip",
  logStd: Float32Array.of(Math.log(0.5)),
};

function actionsOf(policy: MlpPolicy, observations: number[], width: number, masks?: number[]): number[] {
  const count = observations.length / policy.observationSize;
  const actions = new Float32Array(count * width);
  policy.act(Float32Array.from(observations), actions, count, masks && Float32Array.from(masks));
  return Array.from(actions);
}

describe("hand-worked numbers", () => {
  // observation (1, 3) → normalised (1, 1) → sums (0.5 + 0.25 + 0.25, -1 + 0.5) = (1, -0.5)
  it("relu: hidden (1, 0), mean 0.5 + 0.125", () => {
    expect(actionsOf(new MlpPolicy(tiny), [1, 3], 1)).toEqual([0.625]);
  });
  it("elu: hidden (1, e^-0.5 - 1), mean 0.625 + 2·(-0.3934693) = -0.1619387", () => {
    expect(actionsOf(new MlpPolicy({ ...tiny, activation: "elu" }), [1, 3], 1)[0]).toBeCloseTo(-0.1619387, 6);
  });
  it("clips the normalised observation, here (9 - 1) / 2 = 4 to 1", () => {
    const clipped = { ...tiny, normalizer: { ...tiny.normalizer!, clip: 1 } };
    expect(actionsOf(new MlpPolicy(clipped), [1, 9], 1)).toEqual([0.625]);
    // unclipped: sums (0.5 + 1 + 0.25, -1 + 2) = (1.75, 1), mean 0.875 + 2 + 0.125 = 3, squashed to 1
    expect(Array.from(new MlpPolicy(tiny).forward(Float32Array.of(1, 9), 1))).toEqual([3]);
    expect(actionsOf(new MlpPolicy(tiny), [1, 9], 1)).toEqual([1]);
  });
  it("squashes by tanh where the network says so", () => {
    expect(actionsOf(new MlpPolicy({ ...tiny, squash: "tanh" }), [1, 9], 1)[0]).toBeCloseTo(0.9950548, 6);
  });
  it("takes the best allowed option of each branch", () => {
    const policy = new MlpPolicy({
      ...tiny,
      actionSpec: { continuous: 0, discrete: [3, 2] },
      normalizer: null,
      layers: [{ inputs: 2, outputs: 5, weights: new Float32Array(10), bias: Float32Array.of(1, 3, 2, -1, -2) }],
      logStd: new Float32Array(0),
    });
    expect(actionsOf(policy, [0, 0], 2)).toEqual([1, 0]);
    expect(actionsOf(policy, [0, 0, 0, 0], 2, [1, 0, 1, 1, 1, 1, 0, 0, 0, 1])).toEqual([2, 0, 0, 1]);
    expect(() => actionsOf(policy, [0, 0], 2, [1, 1, 1, 0, 0])).toThrow(
      new InputError("The mask of row 0 forbids every option of branch 1."),
    );
  });
});

/** The same network in double precision, one number at a time. */
function referenceHead(network: PolicyNetwork, observation: Float32Array): number[] {
  const { normalizer, layers } = network;
  let values = Array.from(observation, (x, i) => {
    if (normalizer === null) return x;
    return Math.min(normalizer.clip, Math.max(-normalizer.clip, (x - normalizer.mean[i]!) / normalizer.std[i]!));
  });
  layers.forEach((layer, index) => {
    const sums = Array.from(layer.bias, (b, o) =>
      values.reduce((sum, value, i) => sum + value * layer.weights[i * layer.outputs + o]!, b),
    );
    values = index === layers.length - 1 ? sums : sums.map(Math.tanh);
  });
  return values;
}

it("agrees with a plain double-precision network for every number of rows", () => {
  const network = randomNetwork({ actionSpec: { continuous: 3, discrete: [2] }, hidden: [7, 10], seed: 5 });
  const policy = new MlpPolicy(network);
  for (const count of [1, 2, 3, 4, 5, 7, 8, 64]) {
    const observations = randomObservations(network, count, count);
    const head = policy.forward(observations, count);
    for (let row = 0; row < count; row++) {
      const size = network.observationSize;
      referenceHead(network, observations.subarray(row * size, (row + 1) * size)).forEach((value, i) => {
        expect(Math.abs(head[row * 5 + i]! - value)).toBeLessThan(2e-6);
      });
    }
  }
});

it("gives the same buffer again for batches that are not larger", () => {
  const network = randomNetwork({ actionSpec: { continuous: 2, discrete: [] }, seed: 1 });
  const policy = new MlpPolicy(network);
  const observations = randomObservations(network, 8, 1);
  const head = policy.forward(observations, 8);
  expect(policy.forward(observations, 3)).toBe(head);
  expect(policy.forward(observations, 8)).toBe(head);
});

describe("sampling", () => {
  const count = 20_000;

  it("draws from N(mean, exp(logStd)) and squashes", () => {
    const policy = new MlpPolicy({ ...tiny, squash: "tanh" }, new Random(4));
    const actions = new Float32Array(count);
    const observations = Float32Array.from({ length: count * 2 }, (_, i) => (i % 2 === 0 ? 1 : 3));
    policy.act(observations, actions, count);
    const values = Array.from(actions, Math.atanh);
    const mean = values.reduce((sum, x) => sum + x, 0) / count;
    const std = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count);
    expect(Math.abs(mean - 0.625)).toBeLessThan(0.02);
    expect(Math.abs(std - 0.5)).toBeLessThan(0.015);
  });

  it("takes deviations from the head where they depend on the state", () => {
    const network = randomNetwork({
      actionSpec: { continuous: 2, discrete: [3] },
      hidden: [],
      squash: "tanh",
      stdRange: [-5, 2],
      seed: 1,
    });
    // Means 0.25 and −0.5; log σ in the middle of the range, −1.5, and near its low end; the last option.
    const bias = Float32Array.of(0.25, -0.5, 0, -9, 0, 0, 50);
    const layers = [{ ...network.layers[0]!, weights: new Float32Array(77), bias }];
    const actions = new Float32Array(count * 3);
    new MlpPolicy({ ...network, layers }, new Random(4)).act(new Float32Array(count * 11), actions, count);
    for (const [column, [mean, std]] of [[0.25, Math.exp(-1.5)] as const, [-0.5, Math.exp(-5)] as const].entries()) {
      const values = Array.from({ length: count }, (_, row) => Math.atanh(actions[row * 3 + column]!));
      const found = values.reduce((sum, x) => sum + x, 0) / count;
      const spread = Math.sqrt(values.reduce((sum, x) => sum + (x - found) ** 2, 0) / count);
      expect(Math.abs(found - mean)).toBeLessThan((6 * std) / Math.sqrt(count));
      expect(spread / std).toBeCloseTo(1, 1);
    }
    expect(actions.filter((_, i) => i % 3 === 2).every((option) => option === 2)).toBe(true);
  });

  it("draws options from softmax(logits) over the allowed ones", () => {
    const bias = Float32Array.of(0, Math.log(3), 5); // odds 1 : 3, and one that the mask forbids
    const layers = [{ inputs: 2, outputs: 3, weights: new Float32Array(6), bias }];
    const spec = { continuous: 0, discrete: [3] };
    const network = { ...tiny, actionSpec: spec, normalizer: null, layers, logStd: new Float32Array(0) };
    const actions = new Float32Array(count);
    const masks = Float32Array.from({ length: count * 3 }, (_, i) => (i % 3 === 2 ? 0 : 1));
    new MlpPolicy(network, new Random(8)).act(new Float32Array(count * 2), actions, count, masks);
    const frequency = (option: number) => actions.filter((action) => action === option).length / count;
    expect(frequency(2)).toBe(0);
    expect(Math.abs(frequency(1) - 0.75)).toBeLessThan(0.015);
  });

  it("gives the same actions for the same seed", () => {
    const draw = (seed: number) => actionsOf(new MlpPolicy(tiny, new Random(seed)), [1, 3, 0, 0], 1);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});

describe("setNetwork", () => {
  it("replaces all weights in place", () => {
    const spec = { actionSpec: { continuous: 3, discrete: [] } };
    const [first, second] = [randomNetwork({ ...spec, seed: 1 }), randomNetwork({ ...spec, seed: 2 })];
    const observations = randomObservations(first, 4, 3);
    const policy = new MlpPolicy(first);
    policy.forward(observations, 4);
    policy.setNetwork(second);
    expect(policy.forward(observations, 4)).toEqual(new MlpPolicy(second).forward(observations, 4));
  });
  it("refuses another shape", () => {
    const policy = new MlpPolicy(tiny);
    const wider = randomNetwork({ actionSpec: { continuous: 1, discrete: [] }, seed: 1 });
    expect(() => policy.setNetwork(wider)).toThrow(/setNetwork needs the same shape/);
  });
});

describe("input errors", () => {
  const head = tiny.layers[1]!;
  const cases: [string, PolicyNetwork, string][] = [
    ["no layer", { ...tiny, layers: [] }, "The network has no layers: at least the head is needed."],
    [
      "no action",
      { ...tiny, actionSpec: { continuous: 0, discrete: [] } },
      "The network has no actions: give it a continuous or discrete one.",
    ],
    [
      "wrong observations",
      { ...tiny, observationSize: 3 },
      "Layer 0 of the network takes 2 inputs, but it is given 3.",
    ],
    [
      "wrong head",
      { ...tiny, layers: [tiny.layers[0]!] },
      "The network's head gives 2 numbers, but its actions need 1.",
    ],
    [
      "short weights",
      { ...tiny, layers: [tiny.layers[0]!, { ...head, weights: new Float32Array(1) }] },
      "The network's layer 1 weights has 1 values, but 2 are needed.",
    ],
    ["short logStd", { ...tiny, logStd: new Float32Array(0) }, "The network's logStd has 0 values, but 1 are needed."],
    [
      "zero std",
      { ...tiny, normalizer: { ...tiny.normalizer!, std: Float32Array.of(1, 0) } },
      "The normalizer's std must be positive everywhere.",
    ],
  ];
  for (const [what, network, message] of cases) {
    it(what, () => {
      expect(() => new MlpPolicy(network)).toThrow(new InputError(message));
    });
  }
  it("too few observations", () => {
    expect(() => new MlpPolicy(tiny).forward(new Float32Array(3), 2)).toThrow(
      new InputError("2 rows of 2 observations are needed, but the array has 3 numbers."),
    );
  });
});
