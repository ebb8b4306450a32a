import { describe, expect, it } from "vitest";
import type { OnPolicyLayout } from "../../../src/train/onPolicy/layout.js";
import { LOSSES, PpoHeadGradient } from "../../../src/train/ppo/headGradient.js";
import { PPO_GOLDENS, type PpoGolden, readPpoGolden } from "../../golden/ppoGolden.js";
import { expectClose } from "../../nn/close.js";
import { plainForward, rowsOf } from "../../support/plainNetwork.js";

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** Losses and gradients of some rows of a golden minibatch. */
function compute({ layout, parameters, batch, coefficients }: PpoGolden, first: number, end: number) {
  const { actionSpec, actor, logStd, critic, activation, observationSize } = layout;
  const rows = end - first;
  const observations = rowsOf(batch.observations, observationSize).slice(first, end);
  const outputs = (layers: OnPolicyLayout["actor"]) =>
    Float32Array.from(observations.flatMap((row) => plainForward(layers, activation, parameters, row)));
  const cut = (source: Float32Array) =>
    source.subarray((first * source.length) / batch.size, (end * source.length) / batch.size);
  const head = outputs(actor);
  const gradients = {
    head: new Float32Array(head.length),
    logStd: new Float32Array(actionSpec.continuous),
    values: new Float32Array(rows),
  };
  const losses = new Float32Array(LOSSES);
  new PpoHeadGradient(actionSpec).compute(
    {
      rows,
      minibatchRows: batch.size,
      head,
      logStd: parameters.subarray(logStd, logStd + actionSpec.continuous),
      values: outputs(critic),
      actions: cut(batch.actions),
      masks: cut(batch.masks),
      logProbabilities: cut(batch.logProbabilities),
      advantages: cut(batch.advantages),
      returns: cut(batch.returns),
    },
    coefficients,
    gradients,
    losses,
  );
  return { losses, gradients, headSize: head.length / rows };
}

const columnSums = (matrix: Float32Array, width: number) =>
  rowsOf(matrix, width).reduce((sums, row) => sums.map((sum, j) => sum + row[j]!), new Array<number>(width).fill(0));

describe.each(PPO_GOLDENS)("PpoHeadGradient against PyTorch: %s", (name) => {
  const golden = readPpoGolden(name);
  const { layout, batch, losses: expected, gradient } = golden;

  it("has the losses, and gradients whose sums are those of the last biases", () => {
    const { losses, gradients, headSize } = compute(golden, 0, batch.size);
    const { policyLoss, valueLoss, entropy, approximateKl, clipFraction } = expected;
    expectClose(losses, [policyLoss, valueLoss, entropy, approximateKl, clipFraction], { relative: 1e-4 });
    const bias = layout.actor.at(-1)!.bias;
    const options = { relative: 1e-4, absolute: 1e-6 };
    expectClose(columnSums(gradients.head, headSize), gradient.slice(bias, bias + headSize), options);
    expectClose(columnSums(gradients.values, 1), [gradient[layout.critic.at(-1)!.bias]!], options);
    expectClose(gradients.logStd, gradient.slice(layout.logStd, layout.logStd + gradients.logStd.length), options);
  });

  it("adds up over shares of the minibatch", () => {
    const whole = compute(golden, 0, batch.size);
    const shares = [compute(golden, 0, 5), compute(golden, 5, 6), compute(golden, 6, batch.size)];
    const sum = (arrays: Float32Array[]) => arrays[0]!.map((_, i) => arrays.reduce((s, array) => s + array[i]!, 0));
    expectClose(sum(shares.map(({ losses }) => losses)), whole.losses, { relative: 1e-5 });
    expectClose(sum(shares.map(({ gradients }) => gradients.logStd)), whole.gradients.logStd);
    for (const key of ["head", "values"] as const) {
      expectClose(
        shares.flatMap(({ gradients }) => [...gradients[key]]),
        whole.gradients[key],
      );
    }
  });
});

describe("PpoHeadGradient", () => {
  /** One continuous action, μ = 0 and σ = 2; `ratios` π / π_old of actions at z = 1. */
  function continuous(ratios: number[], advantages: number[]) {
    const rows = ratios.length;
    const logProbability = -0.5 - Math.log(2) - HALF_LOG_TWO_PI;
    const gradients = { head: new Float32Array(rows), logStd: new Float32Array(1), values: new Float32Array(rows) };
    const losses = new Float32Array(LOSSES);
    new PpoHeadGradient({ continuous: 1, discrete: [] }).compute(
      {
        rows,
        minibatchRows: rows,
        head: new Float32Array(rows),
        logStd: new Float32Array([Math.log(2)]),
        values: new Float32Array(rows).fill(3),
        actions: new Float32Array(rows).fill(2),
        masks: new Float32Array(0),
        logProbabilities: Float32Array.from(ratios, (ratio) => logProbability - Math.log(ratio)),
        advantages: Float32Array.from(advantages),
        returns: new Float32Array(rows).fill(1),
      },
      { epsilon: 0.2, valueCoefficient: 0.5, entropyCoefficient: 0 },
      gradients,
      losses,
    );
    return { gradients, losses };
  }

  it("clips the surrogate only where that makes it worse", () => {
    const { gradients, losses } = continuous([1.5, 1.5, 0.5, 0.5, 1.1], [1, -1, 1, -1, 2]);
    // min: 1.2, −1.5, 0.5, −0.8, 2.2; only the second, third and last move with the policy.
    expect(losses[0]).toBeCloseTo(-(1.2 - 1.5 + 0.5 - 0.8 + 2.2) / 5, 5);
    // ∂L/∂μ = −r A / 5 · z / σ with z = 1 and σ = 2; ∂L/∂ log σ = −r A / 5 (z² − 1) = 0
    expectClose(gradients.head, [0, 1.5 / 10, -0.5 / 10, 0, -2.2 / 10]);
    expectClose(gradients.logStd, [0]);
    // ½ (3 − 1)² = 2, and half of (3 − 1) / 5
    expect(losses[1]).toBeCloseTo(2, 6);
    expectClose(gradients.values, new Array(5).fill(0.2));
    expect(losses[4]).toBeCloseTo(4 / 5, 6);
  });

  it("measures how far the policy moved", () => {
    const ratios = [1, 2, 0.5, 1.1];
    const { losses } = continuous(ratios, [0, 0, 0, 0]);
    expect(losses[3]).toBeCloseTo(
      ratios.reduce((sum, r) => sum + (r - 1 - Math.log(r)) / 4, 0),
      5,
    );
    expect(losses[4]).toBe(0.5);
    // ½ log 2πe σ²
    expect(losses[2]).toBeCloseTo(0.5 + HALF_LOG_TWO_PI + Math.log(2), 5);
  });

  /** One row of two branches: three options of odds 3 : 2 : 1, the second forbidden, and two of which one is left. */
  function discrete(entropyCoefficient: number) {
    const gradients = { head: new Float32Array(5).fill(9), logStd: new Float32Array(0), values: new Float32Array(1) };
    const losses = new Float32Array(LOSSES);
    new PpoHeadGradient({ continuous: 0, discrete: [3, 2] }).compute(
      {
        rows: 1,
        minibatchRows: 1,
        head: Float32Array.from([Math.log(3), Math.log(2), 0, 500, -500]),
        logStd: new Float32Array(0),
        values: new Float32Array(1),
        actions: new Float32Array([0, 1]),
        masks: new Float32Array([1, 0, 1, 0, 1]),
        logProbabilities: new Float32Array([Math.log(3 / 4)]),
        advantages: new Float32Array([2]),
        returns: new Float32Array(1),
      },
      { epsilon: 0.2, valueCoefficient: 0.5, entropyCoefficient },
      gradients,
      losses,
    );
    return { gradient: [...gradients.head], losses };
  }

  it("gives forbidden options no gradient, and those that have no choice neither", () => {
    // p = (¾, –, ¼) and (–, 1): the ratio is 1. ∂L/∂logit = −A (1[chosen] − p)
    const { gradient, losses } = discrete(0);
    expectClose(gradient, [-0.5, 0, 0.5, 0, 0]);
    expect(losses[0]).toBeCloseTo(-2, 5);
    const entropy = 0.75 * Math.log(4 / 3) + 0.25 * Math.log(4);
    expect(losses[2]).toBeCloseTo(entropy, 6);
    // −β ∂H/∂logit_k = β p_k (log p_k + H)
    const bonus = (p: number) => 10 * p * (Math.log(p) + entropy);
    expectClose(discrete(10).gradient, [-0.5 + bonus(0.75), 0, 0.5 + bonus(0.25), 0, 0], { absolute: 1e-5 });
  });
});
