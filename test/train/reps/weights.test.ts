import { describe, expect, it } from "vitest";
import { Random } from "../../../src/random.js";
import { dual, minimizeDual, relativeEntropyWeights } from "../../../src/train/reps/weights.js";

const random = new Random(1);
const scores = Array.from({ length: 30 }, () => 100 * random.normal());

describe("relative entropy policy search", () => {
  it.each([0.1, 0.5, 1])("finds the smallest value of the dual that a grid finds, ε = %f", (epsilon) => {
    let best = Number.POSITIVE_INFINITY;
    for (let x = -3; x <= 6; x += 1e-3) best = Math.min(best, dual(10 ** x, scores, epsilon));
    const found = dual(minimizeDual(scores, epsilon), scores, epsilon);
    expect(found).toBeLessThanOrEqual(best + 1e-9);
    expect(found).toBeGreaterThan(best - 1e-2);
  });

  it.each([0.1, 0.5, 1])("weighs candidates so that they are ε nats from equal weights, ε = %f", (epsilon) => {
    const weights = relativeEntropyWeights(scores, epsilon);
    const total = weights.reduce((sum, w) => sum + w, 0);
    // KL(w ‖ 1/N) = Σ p log(N p)
    const kl = weights.reduce((sum, w) => sum + (w / total) * Math.log((scores.length * w) / total), 0);
    expect(kl).toBeCloseTo(epsilon, 4);
    expect(weights.indexOf(Math.max(...weights))).toBe(scores.indexOf(Math.max(...scores)));
  });

  it("weighs equal scores alike", () => {
    expect(relativeEntropyWeights([2, 2, 2], 0.5)).toEqual([1, 1, 1]);
  });
});
