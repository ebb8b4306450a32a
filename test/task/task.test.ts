import { describe, expect, it } from "vitest";
import { InputError } from "../../src/inputError.js";
import { defineScene } from "../../src/task/scene.js";
import { resolveParameters, resolveWeights } from "../../src/task/task.js";
import { menagerie } from "../support/bodies.js";
import { crawlerCharacter, crawlerScene, crawlerTask } from "../support/scene.js";

describe("resolveWeights", () => {
  it("replaces the named weights", () => {
    expect(resolveWeights(crawlerTask)).toEqual({ forward: 1, alive: 0.5, effort: -0.1 });
    expect(resolveWeights(crawlerTask, { alive: 2, effort: 0 })).toEqual({ forward: 1, alive: 2, effort: 0 });
    expect(crawlerTask.weights.alive).toBe(0.5);
  });

  it("names what is unknown or no number", () => {
    expect(() => resolveWeights(crawlerTask, { fast: 1 })).toThrow(
      new InputError('Reward term "fast" is unknown, the task has forward, alive, effort.'),
    );
    expect(() => resolveWeights(crawlerTask, { toString: 1 } as Record<string, number>)).toThrow(
      new InputError('Reward term "toString" is unknown, the task has forward, alive, effort.'),
    );
    expect(() => resolveWeights(crawlerTask, { alive: Number.NaN })).toThrow(
      new InputError('The weight of reward term "alive" is NaN, it must be a number.'),
    );
  });
});

describe("resolveParameters", () => {
  it("replaces the named parameters", () => {
    expect(resolveParameters(crawlerTask)).toEqual({ wind: 0 });
    expect(resolveParameters(crawlerTask, { wind: 3 })).toEqual({ wind: 3 });
  });

  it("names what is unknown or no number", () => {
    expect(() => resolveParameters(crawlerTask, { rain: 1 })).toThrow(
      new InputError('Environment parameter "rain" is unknown, the task reads wind.'),
    );
    const { parameters: _, ...bare } = crawlerTask;
    expect(() => resolveParameters(bare, { rain: 1 })).toThrow(
      new InputError('Environment parameter "rain" is unknown, the task reads none.'),
    );
    expect(() => resolveParameters(crawlerTask, { wind: Number.POSITIVE_INFINITY })).toThrow(
      new InputError('Environment parameter "wind" is Infinity, it must be a number.'),
    );
  });
});

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
