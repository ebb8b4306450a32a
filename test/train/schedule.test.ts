import { describe, expect, it } from "vitest";
import { adaptKlCoefficient, adaptLearningRate, SCHEDULE_FLOORS, schedule } from "../../src/train/schedule.js";

describe("schedule", () => {
  it("stays where it began when constant", () => {
    expect(schedule("constant", 3e-4, 1e-10, 0, 100)).toBe(3e-4);
    expect(schedule("constant", 3e-4, 1e-10, 500, 100)).toBe(3e-4);
  });

  it("falls on a line to the floor when linear, and stays there", () => {
    // 0.1 + (0.3 − 0.1)·(1 − 25/100) = 0.25
    expect(schedule("linear", 0.3, 0.1, 0, 100)).toBeCloseTo(0.3, 12);
    expect(schedule("linear", 0.3, 0.1, 25, 100)).toBeCloseTo(0.25, 12);
    expect(schedule("linear", 0.3, 0.1, 100, 100)).toBe(0.1);
    expect(schedule("linear", 0.3, 0.1, 1000, 100)).toBe(0.1);
  });

  it("ends linear schedules where ML-Agents does", () => {
    expect(schedule("linear", 3e-4, SCHEDULE_FLOORS.learningRate, 10, 10)).toBe(1e-10);
    expect(schedule("linear", 0.2, SCHEDULE_FLOORS.epsilon, 10, 10)).toBe(0.1);
    expect(schedule("linear", 5e-3, SCHEDULE_FLOORS.beta, 10, 10)).toBe(1e-5);
  });
});

describe("adaptLearningRate", () => {
  const rate = (kl: number, from = 3e-4) => adaptLearningRate(from, kl, 0.01);

  it("falls by a third after more than twice the desired divergence, rises by half after less than half of it", () => {
    expect(rate(0.0201)).toBeCloseTo(2e-4, 12);
    expect(rate(0.0049)).toBeCloseTo(4.5e-4, 12);
    expect(rate(0)).toBeCloseTo(4.5e-4, 12);
  });

  it("stays between, the ends included", () => {
    for (const kl of [0.005, 0.01, 0.02]) expect(rate(kl)).toBe(3e-4);
  });

  it("keeps between 1e-6 and 1e-2", () => {
    expect(rate(1, 1.2e-6)).toBe(1e-6);
    expect(rate(0, 8e-3)).toBe(1e-2);
    let [low, high] = [3e-4, 3e-4];
    for (let i = 0; i < 50; i++) [low, high] = [rate(1, low), rate(0, high)];
    expect([low, high]).toEqual([1e-6, 1e-2]);
  });
});

it("the weight of a KL penalty doubles above 1.5 times its target and halves below that part of it", () => {
  expect([0.016, 0.015, 0.01, 0.0067, 0.0066].map((kl) => adaptKlCoefficient(2, kl, 0.01))).toEqual([4, 2, 2, 2, 1]);
});
