import { describe, expect, it } from "vitest";
import { KernelNetwork } from "../../../src/nn/kernels/kernelNetwork.js";
import { MlpPolicy } from "../../../src/policy/mlpPolicy.js";
import { ACTIVATIONS } from "../../../src/policy/network.js";
import { randomNetwork, randomObservations } from "../../policy/randomNetwork.js";
import { expectClose } from "../close.js";

const actionSpec = { continuous: 3, discrete: [2] };
const HEAD = 5;

describe("KernelNetwork", () => {
  it.each(ACTIVATIONS)("gives the head of MlpPolicy: %s", async (activation) => {
    const network = randomNetwork({ actionSpec, activation, normalize: false, seed: 1 });
    const kernels = await KernelNetwork.createAsync(network, 9);
    const plain = new MlpPolicy(network);
    const observations = randomObservations(network, 9, 2);
    for (const count of [9, 1, 4]) {
      const expected = plain.forward(observations, count).subarray(0, count * HEAD);
      expectClose(kernels.forward(observations, count), expected, { relative: 1e-5, absolute: 1e-5 });
    }
  });

  it("takes over the weights of another network", async () => {
    const [first, second] = [1, 2].map((seed) => randomNetwork({ actionSpec, normalize: false, seed }));
    const kernels = await KernelNetwork.createAsync(first!, 4);
    const observations = randomObservations(first!, 4, 3);
    const before = kernels.forward(observations, 4).slice();
    kernels.setNetwork(second!);
    const expected = new MlpPolicy(second!).forward(observations, 4);
    expectClose(kernels.forward(observations, 4), expected, { relative: 1e-5, absolute: 1e-5 });
    expect(kernels.forward(observations, 4)).not.toEqual(before);
  });

  it("refuses more rows than it has place for", async () => {
    const network = randomNetwork({ actionSpec, normalize: false, seed: 1 });
    const kernels = await KernelNetwork.createAsync(network, 2);
    expect(() => kernels.forward(randomObservations(network, 3, 1), 3)).toThrow("3 rows, at most 2 were provided for");
  });
});
