import { describe, expect, it } from "vitest";
import {
  createActionBuffers,
  DiscreteActionMask,
  joinActionSpecs,
  sameActionSpec,
  writeActionRow,
} from "../../src/agent/actionBuffers.js";
import { InputError } from "../../src/inputError.js";
import { HYBRID } from "../support/recordingAgent.js";

describe("action buffers", () => {
  it("make one row: continuous actions, then the branches", () => {
    const buffers = createActionBuffers(HYBRID);
    buffers.continuousActions.set([0.5, -0.5]);
    buffers.discreteActions.set([2, 1]);
    const row = new Float32Array(4);
    writeActionRow(buffers, row);
    expect([...row]).toEqual([0.5, -0.5, 2, 1]);
  });

  it("are joined kind by kind, and compared branch by branch", () => {
    const joined = joinActionSpecs([HYBRID, { continuous: 1, discrete: [5] }]);
    expect(joined).toEqual({ continuous: 3, discrete: [3, 2, 5] });
    expect(sameActionSpec(joined, { continuous: 3, discrete: [3, 2, 5] })).toBe(true);
    for (const other of [
      { continuous: 2, discrete: [3, 2, 5] },
      { continuous: 3, discrete: [3, 2] },
      { continuous: 3, discrete: [3, 2, 4] },
      { continuous: 4, discrete: [3, 2] },
    ]) {
      expect(sameActionSpec(joined, other)).toBe(false);
      expect(sameActionSpec(other, joined)).toBe(false);
    }
  });
});

describe("DiscreteActionMask", () => {
  it("allows everything at first and again after reset", () => {
    const mask = new DiscreteActionMask(HYBRID);
    mask.setActionEnabled(0, 1, false);
    mask.setActionEnabled(1, 0, false);
    mask.setActionEnabled(1, 0, true);
    expect([...mask.values]).toEqual([1, 0, 1, 1, 1]);
    mask.reset();
    expect([...mask.values]).toEqual([1, 1, 1, 1, 1]);
  });

  it.each([
    [2, 0],
    [-1, 0],
    [0, 3],
    [1, -1],
  ])("names branch %i, option %i as missing", (branch, option) => {
    expect(() => new DiscreteActionMask(HYBRID).setActionEnabled(branch, option, false)).toThrow(
      new InputError(`There is no option ${option} of branch ${branch} to mask; the branches have [3,2] options.`),
    );
  });

  it("must leave an option in each branch", () => {
    const mask = new DiscreteActionMask(HYBRID);
    mask.setActionEnabled(1, 0, false);
    expect(() => mask.check()).not.toThrow();
    mask.setActionEnabled(1, 1, false);
    expect(() => mask.check()).toThrow(
      new InputError("All 2 options of branch 1 are masked; at least one must be allowed."),
    );
  });
});
