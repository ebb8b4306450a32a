import { expect, it } from "vitest";
import { Random } from "../../../src/random.js";
import { addSymmetryGradient } from "../../../src/train/ppo/symmetry.js";

const mirror = { sources: [1, 0, 2], signs: [1, 1, -1] };
const ROWS = 4;
const HEAD = 5; // two numbers of the head are logits, which have no mirror image

/** w Σ‖μ(s) − M μ(M s)‖² */
function loss(head: Float64Array, weight: number): number {
  let sum = 0;
  for (let row = 0; row < ROWS; row++) {
    for (let j = 0; j < 3; j++) {
      const image = mirror.signs[j]! * head[(ROWS + row) * HEAD + mirror.sources[j]!]!;
      sum += (head[row * HEAD + j]! - image) ** 2;
    }
  }
  return weight * sum;
}

it("adds the slope of the symmetry loss, as finite differences have it", () => {
  const random = new Random(1);
  const head = Float32Array.from({ length: 2 * ROWS * HEAD }, () => random.normal());
  const before = Float32Array.from({ length: 2 * ROWS * HEAD }, () => random.normal());
  const gradient = before.slice();
  addSymmetryGradient(mirror, head, ROWS, HEAD, 0.3, gradient);
  for (let i = 0; i < head.length; i++) {
    const shifted = (by: number) => Float64Array.from(head, (value, k) => (k === i ? value + by : value));
    const slope = (loss(shifted(1e-4), 0.3) - loss(shifted(-1e-4), 0.3)) / 2e-4;
    // What was there stays for the states themselves; their images have no other gradient.
    expect(gradient[i]).toBeCloseTo(slope + (i < ROWS * HEAD ? before[i]! : 0), 4);
  }
});

it("is nothing where the policy is its own mirror image", () => {
  const head = Float32Array.from([1, 2, 3, 0, 0, 2, 1, -3, 0, 0]);
  const gradient = new Float32Array(10);
  addSymmetryGradient(mirror, head, 1, HEAD, 1, gradient);
  expect(Array.from(gradient)).toEqual(new Array(10).fill(0));
});
