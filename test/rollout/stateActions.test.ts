import { expect, it } from "vitest";
import { stateActionSize, stateActions } from "../../src/rollout/stateActions.js";

it("puts states beside what is done in them: values as the environment takes them, options as ones among zeros", () => {
  const spec = { continuous: 1, discrete: [2, 3] };
  expect(stateActionSize(2, spec)).toBe(8);
  const pairs = stateActions(spec, 2, Float32Array.of(7, 8, 5, 6), Float32Array.of(0.5, 1, 0, -3, 0, 2));
  expect([...pairs]).toEqual([7, 8, 0.5, 0, 1, 1, 0, 0, 5, 6, -1, 1, 0, 0, 0, 1]);
});
