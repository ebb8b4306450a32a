import { describe, expect, it } from "vitest";
import { Pace, velocityOverGround } from "../../../src/body/pace.js";
import type { Quat, Vec3 } from "../../../src/body/spec.js";
import { axisAngle, multiply } from "../../../src/body/vector.js";
import { type LibraryTermName, reward } from "../../../src/task/rewards/library.js";
import { lean, looking, matching, uprightness, velocityError } from "../../../src/task/rewards/motion.js";
import { type StateOptions, taskState } from "../../support/taskState.js";

const value = (name: LibraryTermName, options: object, state: StateOptions) => reward(name, options)(taskState(state));
const pace = (x: number, z: number) => Object.assign(new Pace(taskState({}).body), { x, z });
const turned = (...rotations: Quat[]) => ({ rotations: Float32Array.from(rotations.flat()) });
const yaw = (angle: number) => axisAngle([0, 1, 0], angle);
const pitch = (angle: number) => axisAngle([1, 0, 0], angle);
/** Two parts of 3 and 1 kg that move like this. */
const moving = (root: Vec3, head: Vec3): StateOptions => ({
  parts: { root: 3, head: 1 },
  body: { linearVelocities: Float32Array.from([...root, ...head]) },
});

describe("velocity", () => {
  // (3 × 1 + 1 × 3) / 4 = 1.5 m/s along z, (3 × 0 + 1 × 2) / 4 = 0.5 along x; up and down do not count.
  const state = moving([0, 9, 1], [2, -9, 3]);

  it("is of the centre of mass, over the ground", () => {
    const [x, z] = velocityOverGround(taskState(state).body);
    const error = (command: object) => velocityError(taskState({ command }), x, z);
    expect(error({ forward: 1.5, sideways: 0.5 })).toBeCloseTo(0, 6);
    // Off by 0.3 and 0.4.
    expect(error({ forward: 1.2, sideways: 0.1 })).toBeCloseTo(0.5, 6);
    // Facing +x, what is asked for ahead is along x.
    expect(error({ heading: Math.PI / 2, forward: 0.5 })).toBeCloseTo(1.5, 6);
  });

  it("falls from 1 to 0 when off by the speed asked for, by the slack at least", () => {
    const off = (forward: number, options = {}) =>
      value("velocity", options, { pace: pace(0, 2), command: { forward } });
    expect(off(2)).toBe(1);
    // 1 of 3 m/s
    expect(off(3)).toBeCloseTo(2 / 3, 6);
    expect(off(1)).toBe(0);
    expect(off(-2)).toBe(0);
    // Half a metre per second too slow and a quarter to the left, of 3 m/s.
    expect(value("velocity", {}, { pace: pace(-0.25, 2.5), command: { forward: 3 } })).toBeCloseTo(0.75, 6);
    // Facing +x, what is asked for ahead is along x.
    expect(value("velocity", {}, { pace: pace(2, 0), command: { heading: Math.PI / 2, forward: 2 } })).toBeCloseTo(
      1,
      6,
    );
    // Asked to stand while it moves at 0.2 m/s: off by a quarter of 0.8 m/s.
    const standing = { pace: pace(0.2, 0), command: { forward: 0 } };
    expect(value("velocity", {}, standing)).toBeCloseTo(0.75, 6);
    expect(value("velocity", { slack: 0.4 }, standing)).toBeCloseTo(0.5, 6);
  });

  it("matching: (1 − (e/s)²)²", () => {
    const state = taskState({ ...moving([0, 0, 1], [0, 0, 1]), command: { forward: 2 } });
    // Off by half: (1 − 1/4)²
    expect(matching(state, 0.8)).toBeCloseTo(0.5625, 6);
    expect(matching(taskState({ ...moving([0, 0, 1], [0, 0, 1]), command: { forward: -2 } }), 0.8)).toBe(0);
  });
});

describe("heading", () => {
  it("is (1 + cos) / 2 of the angle to where it should look", () => {
    const state = taskState({ body: turned(yaw(0.5)), command: { heading: 0.5 } });
    expect(looking(state, 0)).toBeCloseTo(1, 6);
    expect(looking(taskState({ body: turned(yaw(0.5)), command: { heading: 0.5 + Math.PI / 2 } }), 0)).toBeCloseTo(
      0.5,
      6,
    );
    expect(looking(taskState({ body: turned(yaw(0.5)), command: { heading: 0.5 - Math.PI } }), 0)).toBeCloseTo(0, 6);
    // cos 60°
    expect(looking(taskState({ body: turned(yaw(0)), command: { heading: Math.PI / 3 } }), 0)).toBeCloseTo(0.75, 6);
  });

  it("is of the named part, by default the root", () => {
    const state = { parts: { root: 1, head: 1 }, body: turned(yaw(Math.PI), yaw(0)), command: { heading: 0 } };
    expect(value("heading", {}, state)).toBeCloseTo(0, 6);
    expect(value("heading", { part: "head" }, state)).toBeCloseTo(1, 6);
  });

  it("track: matching × looking of the part × looking of the root", () => {
    const still = moving([0, 0, 1], [0, 0, 1]);
    const state: StateOptions = {
      parts: { root: 3, head: 1 },
      body: { ...still.body, ...turned(yaw(Math.PI / 2), yaw(Math.PI / 3)) },
      command: { forward: 2 },
    };
    // 0.5625 × (1 + cos 90°)/2 = 0.28125, and with the head × (1 + cos 60°)/2
    expect(value("track", {}, state)).toBeCloseTo(0.28125, 6);
    expect(value("track", { part: "head" }, state)).toBeCloseTo(0.28125 * 0.75, 6);
    expect(value("track", { slack: 4 }, state)).toBeCloseTo((1 - 1 / 16) ** 2 / 2, 6);
  });
});

describe("forward", () => {
  it("is the way along +z over the control step, at most the fastest", () => {
    const state = { body: { positions: [5, 1, 2.5] }, previousRoot: Float32Array.of(9, 9, 2.25), dt: 0.125 };
    expect(value("forward", {}, state)).toBe(2);
    expect(value("forward", { fastest: 1.5 }, state)).toBe(1.5);
    expect(value("forward", { fastest: 1.5 }, { ...state, previousRoot: Float32Array.of(0, 0, 3) })).toBe(-4);
  });
});

describe("posture of the trunk", () => {
  it("alive: 1", () => expect(value("alive", {}, {})).toBe(1));

  it("upright: the cosine of the lean, whichever way", () => {
    const state = taskState({ body: turned(multiply(yaw(1), pitch(Math.PI / 3)), axisAngle([0, 0, 1], Math.PI)) });
    expect(uprightness(state, 0)).toBeCloseTo(0.5, 6);
    expect(uprightness(state, 1)).toBeCloseTo(-1, 6);
    const parts = { root: 1, head: 1 };
    const body = turned(pitch(Math.PI / 2), pitch(0.2));
    expect(value("upright", {}, { parts, body })).toBeCloseTo(0, 6);
    expect(value("upright", { part: "head" }, { parts, body })).toBeCloseTo(Math.cos(0.2), 6);
  });

  it("lean: forward is positive", () => {
    expect(lean(taskState({ body: turned(pitch(0.4)) }))).toBeCloseTo(0.4, 6);
    expect(lean(taskState({ body: turned(pitch(-1.2)) }))).toBeCloseTo(-1.2, 6);
  });

  it("height: 1 at the ratio of the height at the start, 0 when a fifth of that off, −1 at the worst", () => {
    const at = (height: number, options = {}) =>
      value("height", options, {
        parts: { root: 1, head: 1 },
        body: { heightAbove: (part: number) => (part === 0 ? height : 1.6) },
        startHeights: [0.8, 1.6],
      });
    expect(at(0.8)).toBe(1);
    // 5 % low is a quarter of a fifth; 10 % high is half of it.
    expect(at(0.76)).toBeCloseTo(0.75, 9);
    expect(at(0.88)).toBeCloseTo(0.5, 9);
    expect(at(0.6)).toBeCloseTo(-0.25, 9);
    expect(at(0.1)).toBe(-1);
    expect(at(0.4, { ratio: 0.5 })).toBe(1);
    expect(at(0.1, { part: "head" })).toBe(1);
  });
});
