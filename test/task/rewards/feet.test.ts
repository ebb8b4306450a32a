import { describe, expect, it } from "vitest";
import { type LibraryTermName, reward } from "../../../src/task/rewards/library.js";
import { type StateOptions, taskState } from "../../support/taskState.js";

const value = (name: LibraryTermName, options: object, state: StateOptions) => reward(name, options)(taskState(state));
/** Two feet, left and right. */
const feet = (down: readonly number[], others: StateOptions["feet"] = {}) => ({
  feet: { count: down.length, down: Uint8Array.from(down), parts: down.map((_, i) => i + 1), ...others },
});
const walking = (phase: number) => ({ command: { forward: 1, cadence: 1, phase } });

describe("terms of the feet", () => {
  it("air-time: the swing of a foot that lands, at most `longest`, less `enough`", () => {
    const landing = (landed: readonly number[], airSeconds: readonly number[]) =>
      feet([1, 1], { landed: Uint8Array.from(landed), airSeconds });
    expect(value("air-time", {}, landing([0, 0], [0.4, 0.4]))).toBe(0);
    expect(value("air-time", {}, landing([1, 0], [0.4, 9]))).toBeCloseTo(0.15, 9);
    // 0.5 − 0.25 for one of 0.8 s, 0.05 − 0.25 for one of 0.05 s
    expect(value("air-time", {}, landing([1, 1], [0.8, 0.05]))).toBeCloseTo(0.05, 9);
    expect(value("air-time", { longest: 1, enough: 0.5 }, landing([1, 0], [0.8, 0]))).toBeCloseTo(0.3, 9);
  });

  it("flight: 1 while no foot is down", () => {
    expect(value("flight", {}, feet([], { airborne: true }))).toBe(1);
    expect(value("flight", {}, feet([], { airborne: false }))).toBe(0);
  });

  it("foot-slip: the speeds of the feet that are down", () => {
    const groundSpeed = (foot: number) => [0.5, 2, 0.25][foot]!;
    expect(value("foot-slip", {}, feet([1, 0, 1], { groundSpeed }))).toBe(0.75);
    expect(value("foot-slip", {}, feet([0, 0, 0], { groundSpeed }))).toBe(0);
  });

  it("impact: force beyond one and a half body weights", () => {
    const at = (left: number, right: number, options = {}) =>
      value("impact", options, {
        ...feet([1, 1]),
        parts: { root: 8, left: 1, right: 1 },
        // The root's own contacts are not the feet's.
        body: { contactForces: [1000, left, right] },
      });
    // A weight of 98.1 N: 196.2 N is two.
    expect(at(96.2, 100)).toBeCloseTo(0.5, 9);
    expect(at(98.1, 0)).toBe(0);
    expect(at(98.1, 98.1, { free: 0 })).toBeCloseTo(2, 9);
  });
});

it("foot-rest: how long feet have been up, or down, without a change", () => {
  const resting = (airSeconds: readonly number[], groundSeconds: readonly number[]) =>
    feet([1, 0], { airSeconds, groundSeconds });
  expect(value("foot-rest", {}, resting([0, 0.4], [0.3, 0]))).toBe(0);
  expect(value("foot-rest", {}, resting([0, 0.7], [0.6, 0]))).toBeCloseTo(0.5, 9);
  expect(value("foot-rest", { longest: 0.5, most: 0.8 }, resting([0, 9], [0.6, 0]))).toBeCloseTo(0.9, 9);
});

describe("foot-groups", () => {
  // Front left, front right, back right, back left.
  const trot = { groups: [0, 1, 0, 1] };
  const bound = { groups: [0, 0, 1, 1] };

  it("is 1 while groups take turns, and counts pairs of feet", () => {
    expect(value("foot-groups", trot, feet([1, 0, 1, 0]))).toBe(1);
    expect(value("foot-groups", trot, feet([0, 1, 0, 1]))).toBe(1);
    expect(value("foot-groups", bound, feet([1, 1, 0, 0]))).toBe(1);
    // Standing: the two pairs within groups are right, the four across are not.
    expect(value("foot-groups", trot, feet([1, 1, 1, 1]))).toBeCloseTo(2 / 6, 9);
    // The first foot up: apart from two of the other group as it should be, and one pair of a group is still together.
    expect(value("foot-groups", trot, feet([0, 1, 1, 1]))).toBeCloseTo(3 / 6, 9);
  });

  it("is 0 for a body without pairs of feet", () => {
    expect(value("foot-groups", {}, feet([1]))).toBe(0);
  });
});

describe("contact-schedule", () => {
  // The left foot is to be down from phase 0 to 0.6, the right one half a stride away: from 0.5 to 1.1.
  const at = (phase: number, ...down: number[]) => value("contact-schedule", {}, { ...feet(down), ...walking(phase) });

  it.each([
    [0.3, [1, 0]],
    [0.55, [1, 1]],
    [0.8, [0, 1]],
    [0.05, [1, 1]],
    [0.599, [1, 1]],
    [0.601, [0, 1]],
    [0.101, [1, 0]],
  ])("at phase %f wants %o", (phase, wanted) => {
    const [left, right] = wanted as [number, number];
    expect(at(phase, left, right)).toBe(1);
    expect(at(phase, 1 - left, right)).toBe(0.5);
    expect(at(phase, 1 - left, 1 - right)).toBe(0);
  });

  it("wants all feet down when standing and without a rhythm", () => {
    for (const command of [
      { forward: 0, cadence: 1 },
      { forward: 1, cadence: 0 },
    ]) {
      expect(value("contact-schedule", {}, { ...feet([1, 1]), command: { ...command, phase: 0.8 } })).toBe(1);
      expect(value("contact-schedule", {}, { ...feet([0, 1]), command: { ...command, phase: 0.8 } })).toBe(0.5);
    }
  });

  it("keeps feet down for as long as the command says, unless the option does", () => {
    const late = { ...feet([1, 0]), command: { forward: 1, cadence: 1, phase: 0.7, duty: 0.8 } };
    // Both should be down until 0.8: the left one, at 0.7, is, and the right one, at 0.2, is not.
    expect(value("contact-schedule", {}, late)).toBe(0.5);
    expect(value("contact-schedule", { duty: [0.6] }, late)).toBe(0);
  });

  it("takes an offset and a share for each foot, the last ones for all that follow", () => {
    const options = { offsets: [0, 0.25], duty: [0.5] };
    // At phase 0.4: 0.4 is down, 0.65 is up for the second and the third.
    expect(value("contact-schedule", options, { ...feet([1, 0, 0]), ...walking(0.4) })).toBe(1);
    expect(value("contact-schedule", { ...options, duty: [0.3, 0.7] }, { ...feet([0, 1, 1]), ...walking(0.4) })).toBe(
      1,
    );
  });

  it("takes offsets from below zero, too", () => {
    // At 0.1, a quarter of a stride behind: 0.85, where the foot is up.
    const options = { offsets: [-0.25], duty: [0.5] };
    expect(value("contact-schedule", options, { ...feet([0]), ...walking(0.1) })).toBe(1);
  });

  it("is nothing without feet", () => expect(at(0.3)).toBe(0));
});

describe("foot-clearance", () => {
  const at = (phase: number, heights: readonly number[], options = {}) =>
    value("foot-clearance", options, {
      ...feet(
        heights.map(() => 1),
        { clearance: (foot: number) => heights[foot]! },
      ),
      ...walking(phase),
    });

  it("is how high the swinging foot is, as a share of a tenth of a metre", () => {
    // At 0.3 the right foot swings, at 0.8 the left one.
    expect(at(0.3, [0.08, 0.04])).toBeCloseTo(0.4, 9);
    expect(at(0.8, [0.08, 0.04])).toBeCloseTo(0.8, 9);
    expect(at(0.3, [0, 0.5])).toBe(1);
    expect(at(0.3, [0.5, -0.02])).toBe(0);
    expect(at(0.3, [0, 0.04], { height: 0.05 })).toBeCloseTo(0.8, 9);
  });

  it("is the mean of several that swing, and nothing while none should", () => {
    expect(at(0.9, [0.1, 0.05], { offsets: [0, 0], duty: [0.5] })).toBeCloseTo(0.75, 9);
    expect(at(0.05, [0.1, 0.1])).toBe(0);
  });
});
