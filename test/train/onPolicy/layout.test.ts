import { expect, it } from "vitest";
import { layersOf } from "../../../src/nn/layerPlaces.js";
import { Random } from "../../../src/random.js";
import { initialParameters, logStdOf, onPolicyLayout } from "../../../src/train/onPolicy/layout.js";

const layout = onPolicyLayout({
  observationSize: 5,
  actionSpec: { continuous: 2, discrete: [3] },
  activation: "tanh",
  hidden: [8],
});

it("starts near the action asked for, with even chances of discrete options", () => {
  const parameters = initialParameters(layout, 0.5, new Random(1), [0.4, -0.9]);
  const [, head] = layersOf(layout.actor, parameters) as [unknown, ReturnType<typeof layersOf>[number]];
  expect(head.bias).toEqual(Float32Array.of(0.4, -0.9, 0, 0, 0));
  // Rows of an orthogonal matrix of gain 0.01 have that length at most.
  expect(Math.max(...head.weights.map(Math.abs))).toBeLessThanOrEqual(0.01);
  expect([...logStdOf(layout, parameters)].map(Math.exp)).toEqual([expect.closeTo(0.5), expect.closeTo(0.5)]);
  const zero = initialParameters(layout, 0.5, new Random(1));
  expect(layersOf(layout.actor, zero)[1]!.bias).toEqual(new Float32Array(5));
});
