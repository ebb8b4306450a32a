import { expect, it } from "vitest";
import { reinforceAdvantages } from "../../../src/train/reinforce/advantages.js";

/** Four steps of one agent: an episode of two, then one that is cut off. */
const input = {
  agents: 1,
  rewards: Float32Array.of(1, 2, 9, 9),
  terminated: Uint8Array.of(0, 1, 0, 0),
  truncated: new Uint8Array(4),
  gamma: 1,
  kind: "to_go",
} as const;
const values = Float32Array.of(0.5, 1, 7, 8);

it.each([
  ["none", [3, 2, 0, 0]],
  ["constant", [0.5, -0.5, 0, 0]],
  ["learned", [2.5, 1, 0, 0]],
] as const)("takes off the baseline: %s", (baseline, expected) => {
  const [advantages, targets] = [new Float32Array(4), new Float32Array(4)];
  reinforceAdvantages(input, baseline, values, advantages, targets);
  expect([...advantages]).toEqual(expected);
  // What was cut off teaches the values nothing.
  expect([...targets]).toEqual([3, 2, 7, 8]);
});
