import { describe, expect, it } from "vitest";
import { RewardBook } from "../../../src/agent/rewardBook.js";
import { InputError } from "../../../src/inputError.js";
import { compileTerm, guarded } from "../../../src/task/rewards/code.js";
import type { TaskState } from "../../../src/task/task.js";

const state = { seconds: 3, dt: 0.5 } as TaskState;

describe("a term from code", () => {
  it("is a function of the state", () => {
    expect(compileTerm("mine", "({ seconds, dt }) => seconds * dt")(state)).toBe(1.5);
    expect(compileTerm("mine", "(state) => {\n  return Math.sin(state.seconds); // a comment\n}")(state)).toBe(
      Math.sin(3),
    );
  });

  it.each([
    ["(state) =>", /^Reward term "mine" cannot be read: .+\.$/],
    ["(state) => { return 1", /^Reward term "mine" cannot be read: .+\.$/],
    ["3 + 4", /^Reward term "mine" is number, it must be a function of the state\.$/],
  ])("says what else it is: %s", (code, message) => {
    expect(() => compileTerm("mine", code)).toThrow(message);
    expect(() => compileTerm("mine", code)).toThrow(InputError);
  });

  it.each(["process", "globalThis", "require", "self"])("does not see %s", (name) => {
    expect(compileTerm("mine", `() => typeof ${name} === "undefined" ? 1 : 0`)(state)).toBe(1);
  });
});

describe("a guarded term", () => {
  const run = (code: string, times = 1) => {
    const book = new RewardBook();
    const term = guarded("mine", compileTerm("mine", code), book);
    const values = Array.from({ length: times }, () => term(state));
    return { values, faults: book.faults };
  };

  it("hands on what is right", () => {
    expect(run("() => -2.5")).toEqual({ values: [-2.5], faults: [] });
  });

  it.each([
    ["() => 0 / 0", { message: "It gave NaN, which is not a finite number.", line: null }],
    ["() => true", { message: "It gave true, which is not a finite number.", line: null }],
    ["() => {}", { message: "It gave undefined, which is not a finite number.", line: null }],
    ["() => {\n\n  throw new RangeError('too far');\n}", { message: "RangeError: too far", line: 3 }],
    ["() => { throw null }", { message: "It threw null.", line: null }],
  ])("counts as 0 and tells why, once: %s", (code, fault) => {
    expect(run(code, 3)).toEqual({ values: [0, 0, 0], faults: [{ term: "mine", ...fault }] });
  });
});
