import { describe, expect, it } from "vitest";
import { SCHEDULE_FLOORS, schedule } from "../../src/train/schedule.js";

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
