import { describe, expect, it } from "vitest";
import hopper from "../../scenes/hopper/index.js";
import { EXAMPLE_TERM } from "../../src/studio/rewards/example.js";
import { RewardSheet } from "../../src/studio/rewards/sheet.js";
import { transpile } from "../../src/studio/rewards/transpile.js";
import { compileTerm } from "../../src/task/rewards/code.js";

describe("transpile", () => {
  it("takes the types away and leaves lines where they are", () => {
    const read = transpile("mine", "(state: TaskState): number => {\n  const x = 2 as number;\n\n  return x;\n}");
    expect(read).toMatchObject({
      js: expect.stringMatching(/^\(state\) => \{\n {2}const x = 2 ;\n\n {2}return x;\n\}$/),
    });
  });

  it("reads the example", () => {
    const read = transpile("mine", EXAMPLE_TERM);
    expect("js" in read && typeof compileTerm("mine", read.js)).toBe("function");
  });

  it.each([
    ["(state) => {\n  return state.seconds +;\n}", 2, "This cannot be read: unexpected ;"],
    ["(state) =>\n  3 +* 2", 2, "This cannot be read: unexpected *"],
    ["(state) => { return 1", 1, "The code ends too early."],
  ])("says what is wrong and where: %j", (code, line, message) => {
    expect(transpile("mine", code)).toEqual({ fault: { term: "mine", line, message } });
  });
});

describe("the sheet of rewards", () => {
  const create = (settings = {}) => new RewardSheet(hopper.task, hopper.character.body, settings);
  const row = (sheet: RewardSheet, name: string) => sheet.rows.find((candidate) => candidate.name === name);

  it("begins with the task's terms and what a preset says of them", () => {
    const sheet = create({ alive: 3, upright: { weight: 0.5 }, lift: { weight: 1, term: "height" } });
    expect(sheet.rows.map(({ name, weight, kind }) => [name, weight, kind])).toEqual([
      ["forward", 2, "scene"],
      ["alive", 3, "scene"],
      ["lean", -5, "scene"],
      ["control", -0.001, "scene"],
      ["upright", 0.5, "library"],
      ["lift", 1, "library"],
    ]);
    expect(sheet.settings()).toEqual({
      forward: 2,
      alive: 3,
      lean: -5,
      control: -0.001,
      upright: { weight: 0.5 },
      lift: { weight: 1, term: "height" },
    });
  });

  it("keeps the weight of what is switched off", () => {
    const sheet = create();
    sheet.setEnabled("alive", false);
    expect(sheet.settings().alive).toBe(0);
    sheet.setEnabled("alive", true);
    expect(sheet.settings().alive).toBe(1);
  });

  it("undoes and redoes, a drag of a slider at once", () => {
    const sheet = create();
    for (let i = 0; i < 5; i++) sheet.setWeight("alive", 2 + i, i * 100);
    sheet.setWeight("alive", 9, 5000);
    sheet.undo();
    expect(row(sheet, "alive")!.weight).toBe(6);
    sheet.undo();
    expect(row(sheet, "alive")!.weight).toBe(1);
    expect(sheet.canUndo).toBe(false);
    sheet.redo();
    sheet.redo();
    expect(row(sheet, "alive")!.weight).toBe(9);
    expect(sheet.canRedo).toBe(false);
    sheet.undo();
    sheet.setEnabled("lean", false);
    expect(sheet.canRedo).toBe(false);
  });

  it("adds terms under names that are free, and takes them away again", () => {
    const sheet = create();
    expect([sheet.addTerm("upright"), sheet.addTerm("upright"), sheet.addTerm("forward")]).toEqual([
      "upright",
      "upright-2",
      "forward-2",
    ]);
    expect(sheet.settings()).toMatchObject({
      upright: 0,
      "upright-2": { weight: 0, term: "upright" },
      "forward-2": { weight: 0, term: "forward" },
    });
    sheet.remove("upright");
    expect(sheet.settings()).not.toHaveProperty("upright");
    sheet.reset();
    expect(sheet.rows.length).toBe(4);
  });

  it("runs the last good code while there is something wrong with the new one", () => {
    const sheet = create();
    const name = sheet.addCode("first");
    expect(sheet.settings()).not.toHaveProperty(name);
    sheet.accept(name, "one", "() => 1");
    const fault = { term: name, message: "no", line: 1 };
    sheet.refuse(name, "two", fault);
    expect(row(sheet, name)).toMatchObject({ code: "two", fault });
    expect(sheet.settings()[name]).toEqual({ weight: 1, code: "() => 1" });
    sheet.accept(name, "three", "() => 3");
    expect(row(sheet, name)!.fault).toBe(null);
    // It fails in training: what ran before it comes back, and after that nothing.
    sheet.fail(fault);
    expect(sheet.settings()[name]).toEqual({ weight: 1, code: "() => 1" });
    sheet.fail(fault);
    expect(sheet.settings()).not.toHaveProperty(name);
  });

  it("renames a term", () => {
    const sheet = create();
    const name = sheet.addCode("first");
    sheet.rename(name, " alive ");
    expect(sheet.rows.at(-1)!.name).toBe("alive-2");
  });
});
