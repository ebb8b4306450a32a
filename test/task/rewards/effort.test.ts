import { describe, expect, it } from "vitest";
import { walkerBody } from "../../../scenes/walker/body.js";
import type { DriveSpec } from "../../../src/body/spec.js";
import { mechanicalPower } from "../../../src/task/rewards/effort.js";
import { type LibraryTermName, reward, rewardByName } from "../../../src/task/rewards/library.js";
import { linkBody } from "../../support/bodies.js";
import { createBody } from "../../support/headlessWorld.js";
import { type StateOptions, taskState } from "../../support/taskState.js";

const value = (name: LibraryTermName, state: StateOptions) => reward(name)(taskState(state));

/** A drive that gives this torque and could give `most`. */
const drive = (torque: number, most: number) => ({ torque: () => torque, spec: { maxTorque: most } });

describe("terms of effort", () => {
  it("effort: squared actions", () => {
    expect(value("effort", { action: Float32Array.of(1, -0.5, 0) })).toBe(1.25);
  });

  it("action-rate: squared changes of the action", () => {
    const action = Float32Array.of(1, -0.5, 0.25);
    const previousAction = Float32Array.of(0, 0.5, 0.25);
    expect(value("action-rate", { action, previousAction })).toBe(2);
  });

  it("torque: squared shares of the strongest, without joints that have no drive or no known torque", () => {
    const drives = [drive(-5, 10), null, drive(3, 4), drive(Number.NaN, 1)];
    const body = { drives, jointValues: [0, 0, 0, 0], jointRates: [0, 0, 0, 0] };
    // 0.25 + 0.5625
    expect(value("torque", { body })).toBe(0.8125);
  });

  it("power: |torque × rate| over the mass, whether a drive pulls or brakes", () => {
    const drives = [drive(-5, 10), null, drive(3, 4), drive(Number.NaN, 1)];
    const body = { drives, jointValues: [0, 0, 0, 0], jointRates: [2, 100, -4, 9] };
    const state = { body, parts: { root: 3, leg: 1 } };
    expect(mechanicalPower(taskState(state))).toBe(22);
    expect(value("power", state)).toBe(5.5);
  });

  it("power and torque of a real link: 4 of 10 N·m at 3 rad/s on 7 kg", () => {
    const spec: DriveSpec = { kind: "torque", maxTorque: 10 };
    const { body } = createBody(linkBody({ drive: spec }));
    body.reset({ ...body.startPose(), jointVelocities: [3] });
    body.drives[0]!.apply(-4);
    const state = { ...taskState({}), body };
    expect(reward("torque")(state)).toBeCloseTo(0.16, 9);
    expect(reward("power")(state)).toBeCloseTo(12 / 7, 4);
  });

  it("joint-rates: squared", () => {
    expect(value("joint-rates", { body: { jointRates: [1, -2, 0.5] } })).toBe(5.25);
  });

  it("joint-limits: how far beyond nine tenths of the way to an end", () => {
    const limits = [[-1, 1], null, [0, 2], [-2, 0]];
    // The first 0.05 and the third, 0.95 from its middle, too; the free one not, and the last is 0.8 from its middle.
    const body = { limits, jointValues: [0.95, 50, 0.05, -0.2] };
    expect(value("joint-limits", { body })).toBeCloseTo(0.1, 9);
    // From half of the way on: 0.45, 0.45 and 0.3.
    expect(reward("joint-limits", { margin: 0.5 })(taskState({ body }))).toBeCloseTo(1.2, 9);
  });

  it("posture: squared distances from the start pose", () => {
    const body = { jointValues: [0.5, -1, 2], startValues: [0, -1, 1] };
    expect(value("posture", { body })).toBe(1.25);
  });
});

describe("symmetry", () => {
  it("is 0 while left and right do the same, and grows with the square of what they do not", () => {
    const jointValues = new Float64Array(26);
    const at = () => value("symmetry", { body: { spec: walkerBody, jointValues } });
    expect(at()).toBe(0);
    // The first values of the left and the right leg; equal ones are mirror images.
    jointValues[8] = jointValues[17] = 0.3;
    expect(at()).toBe(0);
    jointValues[17] = 0.5;
    // Seen from both sides: twice 0.2².
    expect(at()).toBeCloseTo(0.08, 9);
    // The spine's lean changes its sign in the mirror: 0.1 − (−0.1) from itself.
    jointValues[1] = 0.1;
    expect(at()).toBeCloseTo(0.12, 9);
  });

  it("refuses a body without a declared left and right", () => {
    expect(() => rewardByName("symmetry", {}, linkBody())).toThrow(
      "mirror: the body does not say which parts are left and right of each other",
    );
  });
});
