import { expect, it } from "vitest";
import { KernelArena } from "../../../src/nn/kernels/arena.js";
import { shareParameters, stateOfShared } from "../../../src/train/a3c/sharedParameters.js";
import { SharedRmsProp } from "../../../src/train/a3c/sharedRmsProp.js";
import { expectNear } from "../../support/near.js";

async function optimizerAsync(shared: ReturnType<typeof shareParameters>, maxGradNorm: number | null = null) {
  const arena = await KernelArena.createAsync();
  const places = { parameters: arena.place(2), gradients: arena.place(2), size: 2, maxGradNorm };
  const optimizer = new SharedRmsProp(arena, places, shared);
  return {
    optimizer,
    own: () => [...arena.view(places.parameters, 2)],
    step: (gradients: number[], learningRate: number) => {
      arena.view(places.gradients, 2).set(gradients);
      optimizer.step(learningRate);
    },
  };
}

const zeros = () => new Float32Array(2);
const share = () =>
  shareParameters({ parameters: Float32Array.of(1, 2), adam: { step: 0, mean: zeros(), square: zeros() } });

it("divides by the root of the squares' running mean", async () => {
  const shared = share();
  const { step, own } = await optimizerAsync(shared);
  // g = 0.01 Δθ², θ − 0.1 Δθ / √(g + 1e-5)
  step([1, -2], 0.1);
  expectNear(shared.parameters, [1 - 0.1 / Math.sqrt(0.01 + 1e-5), 2 + 0.2 / Math.sqrt(0.04 + 1e-5)], 1e-6);
  expectNear(shared.square, [0.01, 0.04], 1e-8);
  step([1, 0], 0.1);
  expectNear(shared.square, [0.0199, 0.0396], 1e-8);
  expectNear(own(), shared.parameters, 0);
});

it("clips the norm of the gradient", async () => {
  const shared = share();
  const { step } = await optimizerAsync(shared, 0.5);
  step([3, 4], 0.1);
  expectNear(shared.square, [0.01 * 0.3 ** 2, 0.01 * 0.4 ** 2], 1e-8);
});

it("works on what others have made of the parameters", async () => {
  const shared = share();
  const [first, second] = [await optimizerAsync(shared), await optimizerAsync(shared)];
  first.step([1, 0], 0.1);
  const between = shared.parameters[0]!;
  second.step([1, 0], 0.1);
  expectNear(shared.parameters, [between - 0.1 / Math.sqrt(0.0199 + 1e-5), 2], 1e-6);
  expect(first.own()).not.toEqual([...shared.parameters]);
  first.optimizer.pull();
  expect(first.own()).toEqual([...shared.parameters]);
  expect(stateOfShared(shared).adam.square).toEqual(Float32Array.from(shared.square));
});
