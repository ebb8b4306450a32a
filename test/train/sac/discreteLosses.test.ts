import { describe, expect, it } from "vitest";
import { Random } from "../../../src/random.js";
import {
  actorGradient,
  criticGradient,
  largestEntropy,
  logProbabilities,
  softValues,
} from "../../../src/train/sac/discreteLosses.js";
import { expectNear } from "../../support/near.js";

const of = (...values: readonly number[]) => Float32Array.from(values);
const LN2 = Math.LN2;

/** log π of one row or more. */
function policy(discrete: readonly number[], logits: Float32Array, masks = new Float32Array(logits.length).fill(1)) {
  const logP = new Float32Array(logits.length);
  logProbabilities(discrete, logits, masks, logP);
  return logP;
}

describe("SAC's losses on discrete actions", () => {
  it("make probabilities of logits, branch by branch, of what is allowed", () => {
    // 1 : 3, and of three options two that are alike
    const logP = policy([2, 3], of(0, Math.log(3), 5, 100, 5), of(1, 1, 1, 0, 1));
    expectNear(logP.map(Math.exp), [0.25, 0.75, 0.5, 0, 0.5], 1e-6);
    // Large logits do not overflow.
    expectNear(policy([2], of(1000, 1000)), [-LN2, -LN2], 1e-6);
  });

  it("value a state by the lower critic of each option, and the entropy", () => {
    const out = new Float32Array(1);
    // ½ min(1, 4) + ½ min(3, 2) + 0.1 ln 2 = 1.5 + 0.0693147
    softValues([2], policy([2], of(0, 0)), [of(1, 3), of(4, 2)], 0.1, out);
    expectNear(out, [1.5693147], 1e-6);
    // Two branches: the mean of 1.5 and 10, with both entropies; what is forbidden has neither value nor entropy.
    const logP = policy([2, 2], of(0, 0, 0, 9), of(1, 1, 1, 0));
    softValues([2, 2], logP, [of(1, 3, 10, 1e6), of(4, 2, 11, 1e6)], 0.1, out);
    expectNear(out, [5.75 + 0.1 * LN2], 1e-5);
  });

  it("teach critics the options that were taken", () => {
    const dQ = new Float32Array(10).fill(9);
    // Rows take options (1, 2) and (0, 0): errors 2 − 1, 5 − 1, 6 + 1, 8 + 1
    const q = of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    const { loss, value } = criticGradient([2, 3], q, of(1, 2, 0, 0), of(1, -1), dQ);
    expectNear(dQ, [0, 1 / 4, 0, 0, 4 / 4, 7 / 4, 0, 9 / 4, 0, 0]);
    expect(loss).toBeCloseTo((1 + 16 + 49 + 81) / 2 / 4, 9);
    expect(value).toBeCloseTo((2 + 5 + 6 + 8) / 4, 9);
  });

  it("move the policy towards what is worth more", () => {
    const dLogits = new Float32Array(2);
    const twins = [of(1, 3), of(4, 2)] as const;
    const { actorLoss, entropy } = actorGradient([2], 1, policy([2], of(0, 0)), twins, 0.1, dLogits);
    // α log π = −0.0693147 of both, less the values 1 and 2; L = −1.5693147; π (c − L) = ½ (−1.0693147 + 1.5693147)
    expectNear(dLogits, [0.25, -0.25], 1e-6);
    expect(actorLoss).toBeCloseTo(-1.5693147, 6);
    expect(entropy).toBeCloseTo(LN2, 6);
  });

  it("have the gradient that small changes of the logits show", () => {
    const [discrete, rows] = [[3, 2], 4];
    const random = new Random(1);
    const normals = () => Float32Array.from({ length: 20 }, () => random.normal());
    const [logits, first, second] = [normals(), normals(), normals()];
    const masks = of(1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 1);
    const gradient = (at: Float32Array, dLogits: Float32Array) =>
      actorGradient(discrete, rows, policy(discrete, at, masks), [first, second], 0.3, dLogits).actorLoss;
    const dLogits = new Float32Array(20);
    gradient(logits, dLogits);
    const step = 1e-2;
    const slopes = logits.map((_, i) => {
      const moved = (by: number) => logits.map((logit, k) => (k === i ? logit + by : logit));
      return (gradient(moved(step), new Float32Array(20)) - gradient(moved(-step), new Float32Array(20))) / (2 * step);
    });
    expectNear(dLogits, slopes, 1e-4);
    masks.forEach((allowed, i) => {
      if (!allowed) expect(dLogits[i]).toBe(0);
    });
  });

  it("know how random a policy can be", () => {
    expect(largestEntropy([2, 4], 1, of(1, 1, 1, 1, 1, 1))).toBeCloseTo(3 * LN2, 9);
    // A row with one option of the first branch and two of the second beside one where all are allowed
    expect(largestEntropy([2, 4], 2, of(1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1))).toBeCloseTo(2 * LN2, 9);
  });
});
