import { expect, it } from "vitest";
import { policyToOnnx } from "../../src/export/policyToOnnx.js";
import { verifyExport } from "../../src/export/verifyExport.js";
import { InputError } from "../../src/inputError.js";
import { MlpPolicy } from "../../src/policy/mlpPolicy.js";
import { metadataFor, randomNetwork, randomObservations } from "../policy/randomNetwork.js";

const network = randomNetwork({ actionSpec: { continuous: 2, discrete: [3, 2] }, seed: 4 });
const bytes = policyToOnnx(network, metadataFor(network));
const observations = randomObservations(network, 50, 1);

it("accepts a faithful export and says how faithful", async () => {
  const { maxAbsDifference } = await verifyExport(bytes, network, observations, 50);
  expect(maxAbsDifference).toBeGreaterThan(0);
  expect(maxAbsDifference).toBeLessThan(1e-5);
});

it("accepts either option where two logits are as good as equal", async () => {
  const head = network.layers.at(-1)!;
  const withTie = (difference: number) => {
    const weights = head.weights.slice();
    const bias = head.bias.slice();
    for (let i = 0; i < head.inputs; i++) weights[i * head.outputs + 3] = weights[i * head.outputs + 2]!;
    bias[3] = bias[2]! + difference; // of option 1 over option 0 of the first branch
    return { ...network, layers: [...network.layers.slice(0, -1), { ...head, weights, bias }] };
  };
  const [first, second] = [withTie(-2e-6), withTie(2e-6)];
  const choices = [first, second].map((tied) => {
    const actions = new Float32Array(50 * 4);
    new MlpPolicy(tied).act(observations, actions, 50);
    return actions;
  });
  expect(choices[0]).not.toEqual(choices[1]);
  await verifyExport(policyToOnnx(first, metadataFor(first)), second, observations, 50);
});

it("allows for the rounding of large weights that cancel, and no more", async () => {
  // Such as an evolution of weights ends with: several times those that a network begins with.
  const large = randomNetwork({ actionSpec: { continuous: 3, discrete: [] }, hidden: [64, 64], seed: 6 });
  const scaled = (by: (layer: number) => number) => ({
    ...large,
    layers: large.layers.map((layer, i) => ({ ...layer, weights: layer.weights.map((w) => by(i) * w) })),
  });
  const many = randomObservations(large, 500, 2);
  const right = scaled((layer) => (layer < 2 ? 5 : 10));
  const { maxAbsDifference } = await verifyExport(policyToOnnx(right, metadataFor(right)), right, many, 500);
  expect(maxAbsDifference).toBeGreaterThan(1e-5);
  const wrong = scaled((layer) => (layer < 2 ? 5.01 : 10));
  await expect(verifyExport(policyToOnnx(wrong, metadataFor(wrong)), right, many, 500)).rejects.toThrow(
    "The exported policy differs",
  );
});

it("refuses the export of other weights", async () => {
  const other = randomNetwork({ actionSpec: network.actionSpec, seed: 5 });
  const result = verifyExport(bytes, other, observations, 50);
  await expect(result).rejects.toThrow(InputError);
  await expect(result).rejects.toThrow(/^The exported policy differs from the network: action \d of row \d+ is /);
});

it("refuses the export of a wrong discrete choice", async () => {
  const spec = { actionSpec: { continuous: 0, discrete: [4] } };
  const [right, wrong] = [randomNetwork({ ...spec, seed: 1 }), randomNetwork({ ...spec, seed: 2 })];
  const result = verifyExport(policyToOnnx(wrong, metadataFor(wrong)), right, observations, 50);
  await expect(result).rejects.toThrow(/action 0 of row \d+ is \d, but \d is right/);
});

it("refuses the export of another size", async () => {
  const wide = randomNetwork({ actionSpec: { continuous: 5, discrete: [] }, seed: 4 });
  await expect(verifyExport(bytes, wide, observations, 50)).rejects.toThrow(
    new InputError("The exported policy has other observations or actions than the network."),
  );
});
