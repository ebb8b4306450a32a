import { describe, expect, it } from "vitest";
import { walkerBody } from "../../../scenes/walker/body.js";
import { InputError } from "../../../src/inputError.js";
import { reward, rewardByName, rewardLibrary } from "../../../src/task/rewards/library.js";
import { menagerie } from "../../support/bodies.js";
import { taskState } from "../../support/taskState.js";

const names = Object.keys(rewardLibrary).join(", ");
const byName = (name: string, options: Readonly<Record<string, unknown>> = {}, others: readonly string[] = []) =>
  rewardByName(name, options, menagerie, others);

describe("the reward library", () => {
  it("says of every term what it measures and in which unit, in names that fit a file", () => {
    for (const [name, { summary, unit }] of Object.entries(rewardLibrary)) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(summary).toMatch(/^[A-Z0-9(][^\n]*\.$/);
      expect(unit).not.toBe("");
      // With its defaults every term can be made for a body with feet, a left and a right.
      expect(typeof rewardByName(name, {}, walkerBody)).toBe("function");
    }
  });

  it("gives the same term in code and by its name in a file", () => {
    const state = taskState({ body: { positions: [0, 0, 3] }, previousRoot: Float32Array.of(0, 0, 1), dt: 1 });
    expect([reward("forward")(state), byName("forward")(state)]).toEqual([2, 2]);
    expect([reward("forward", { fastest: 1 })(state), byName("forward", { fastest: 1 })(state)]).toEqual([1, 1]);
  });

  it("leaves the defaults of others as they are", () => {
    const state = taskState({ body: { positions: [0, 0, 3] }, previousRoot: Float32Array.of(0, 0, 1), dt: 1 });
    reward("forward", { fastest: 0.5 });
    expect(reward("forward")(state)).toBe(2);
    expect(rewardLibrary.forward.options).toEqual({ fastest: 100 });
  });

  it("finds the named part of each kind of body that it meets", () => {
    const upright = reward("upright", { part: "head" });
    const lying = [Math.SQRT1_2, 0, 0, Math.SQRT1_2];
    const rotations = Float32Array.from([0, 0, 0, 1, ...lying]);
    expect(upright(taskState({ parts: { root: 1, head: 1 }, body: { rotations } }))).toBeCloseTo(0, 6);
    expect(upright(taskState({ parts: { head: 1, root: 1 }, body: { rotations } }))).toBeCloseTo(1, 6);
  });
});

describe("a term that somebody has written in a file", () => {
  it.each([
    ["fast", {}, [], `There is no reward term "fast"; the library ${names}.`],
    ["uprigt", {}, [], `There is no reward term "uprigt" (did you mean upright?); the library ${names}.`],
    [
      "glid",
      {},
      ["glide", "upright"],
      `There is no reward term "glid" (did you mean glide?); the task has glide, and the library ${names}.`,
    ],
    ["alive", { weigth: 1 }, [], 'Reward term "alive" has no option "weigth"; its options are none.'],
    ["velocity", { slak: 1 }, [], 'Reward term "velocity" has no option "slak"; its options are slack.'],
    ["velocity", { slack: "1" }, [], 'Option "slack" of reward term "velocity" is "1", it must be a number.'],
    ["velocity", { slack: null }, [], 'Option "slack" of reward term "velocity" is null, it must be a number.'],
    [
      "upright",
      { part: "head" },
      [],
      'Option "part" of reward term "upright" is "head", it must be a part of the body: trunk, thigh, shin, arm, tail, tip.',
    ],
    [
      "contact-schedule",
      { offsets: 0.5 },
      [],
      'Option "offsets" of reward term "contact-schedule" is 0.5, it must be a list of numbers, one per foot.',
    ],
    [
      "foot-clearance",
      { duty: [0.5, "half"] },
      [],
      'Option "duty" of reward term "foot-clearance" is [0.5,"half"], it must be a list of numbers, one per foot.',
    ],
  ])("%s with %o beside %o is refused", (name, options, others, sentence) => {
    expect(() => byName(name, options, others)).toThrow(new InputError(sentence));
  });
});
