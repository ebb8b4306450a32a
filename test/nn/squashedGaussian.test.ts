import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { boundedLogStd, boundedLogStdSlope, LOG_STD_RANGE, rawLogStd } from "../../src/nn/logStdRange.js";
import { boundedLogStds, squashedSample } from "../../src/nn/squashedGaussian.js";

/** Density of one action, 1-D, at the noise that leads to it. */
function density(mean: number, std: number, noise: number): { action: number; density: number } {
  const { actions, logProbability } = squashedSample(
    tf.tensor2d([[mean]]),
    tf.tensor2d([[Math.log(std)]]),
    tf.tensor2d([[noise]]),
  );
  return { action: actions.dataSync()[0]!, density: Math.exp(logProbability.dataSync()[0]!) };
}

describe("squashedSample", () => {
  it.each([
    [0, 1],
    [0.8, 0.3],
    [-2, 0.7],
  ])("gives densities that add up to 1 over all actions: mean %f, std %f", (mean, std) => {
    // Trapezia over the actions; in noise they lie close where the density changes quickly.
    const points = Array.from({ length: 801 }, (_, i) => density(mean, std, -8 + i / 50));
    let area = 0;
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1]!, points[i]!];
      area += ((a.density + b.density) / 2) * (b.action - a.action);
    }
    expect(area).toBeCloseTo(1, 3);
  });

  it("agrees with the change of variables, worked by hand", () => {
    // u = 0.5 + 2·0.25 = 1: log N(0.25) − log 2 − log(1 − tanh² 1) = −0.950189 − 0.693147 + 0.867562
    const { action, density: value } = density(0.5, 2, 0.25);
    expect(action).toBeCloseTo(Math.tanh(1), 6);
    expect(Math.log(value)).toBeCloseTo(-0.775774, 5);
  });

  it("adds up components, and stays finite far out where tanh is 1", () => {
    const { logProbability } = squashedSample(
      tf.tensor2d([
        [0, 0],
        [30, -30],
      ]),
      tf.tensor2d([
        [0, 0],
        [0, 0],
      ]),
      tf.tensor2d([
        [0.1, -0.2],
        [0, 0],
      ]),
    );
    const [both, far] = logProbability.dataSync() as unknown as [number, number];
    const one = Math.log(density(0, 1, 0.1).density) + Math.log(density(0, 1, -0.2).density);
    expect(both).toBeCloseTo(one, 5);
    // −½ log 2π each, and log(1 − tanh² 30) = 2 log 2 − 60
    expect(far).toBeCloseTo(2 * (-0.918939 - 2 * Math.LN2 + 60), 3);
  });
});

describe("boundedLogStd", () => {
  it("maps everything between its bounds, and back", () => {
    const raw = [-100, 0, 100, rawLogStd(Math.log(0.3))];
    const values = boundedLogStds(tf.tensor2d([raw])).dataSync();
    const expected = [LOG_STD_RANGE[0], -1.5, LOG_STD_RANGE[1], Math.log(0.3)];
    for (const [i, value] of expected.entries()) {
      expect(values[i]).toBeCloseTo(value, 5);
      expect(boundedLogStd(raw[i]!)).toBeCloseTo(value, 9);
      const difference = (boundedLogStd(raw[i]! + 1e-6) - boundedLogStd(raw[i]! - 1e-6)) / 2e-6;
      expect(boundedLogStdSlope(raw[i]!)).toBeCloseTo(difference, 6);
    }
  });
});
