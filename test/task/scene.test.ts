import { describe, expect, it } from "vitest";
import { InputError } from "../../src/inputError.js";
import { defineScene } from "../../src/task/scene.js";
import { menagerie } from "../support/bodies.js";
import { crawlerCharacter, crawlerScene, crawlerTask } from "../support/scene.js";

describe("defineScene", () => {
  const scene = { ...crawlerScene(), character: crawlerCharacter, task: crawlerTask };

  it("hands a good scene on", () => expect(defineScene(scene)).toBe(scene));

  it.each(["Hopper", "my hopper", "hopper-", "", "2d"])("refuses the name %o", (name) => {
    expect(() => defineScene({ ...scene, name })).toThrow(
      new InputError(`Scene "${name}": a name is made of lower-case words joined by hyphens.`),
    );
  });

  it("refuses a bad body, period, length or weight", () => {
    const character = { ...crawlerCharacter, body: { ...menagerie, feet: ["toe"] } };
    expect(() => defineScene({ ...scene, character })).toThrow('Body "menagerie", feet: "toe" is not a part');
    expect(() => defineScene({ ...scene, character: { ...crawlerCharacter, decisionPeriod: 0 } })).toThrow(
      new InputError('Scene "menagerie": decisionPeriod is 0, allowed is a whole number from 1.'),
    );
    expect(() => defineScene({ ...scene, task: { ...crawlerTask, episodeSeconds: 0 } })).toThrow(
      new InputError('Scene "menagerie": episodeSeconds is 0, it must be positive.'),
    );
    const weights = { forward: 1, effort: -0.1 } as unknown as typeof crawlerTask.weights;
    expect(() => defineScene({ ...scene, task: { ...crawlerTask, weights } })).toThrow(
      new InputError('Scene "menagerie": reward term "alive" has no weight.'),
    );
  });
});
