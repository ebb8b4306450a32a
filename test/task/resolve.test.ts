import { describe, expect, it } from "vitest";
import { InputError } from "../../src/inputError.js";
import { type RewardSettings, resolveParameters, resolveRewards } from "../../src/task/resolve.js";
import type { TaskState } from "../../src/task/task.js";
import { menagerie } from "../support/bodies.js";
import { crawlerTask } from "../support/scene.js";

const resolve = (settings?: RewardSettings) => resolveRewards(crawlerTask, menagerie, settings);
const weights = (settings?: RewardSettings) =>
  Object.fromEntries(resolve(settings).map(({ name, weight }) => [name, weight]));

describe("resolveRewards", () => {
  it("replaces the named weights and keeps the terms", () => {
    expect(weights()).toEqual({ forward: 1, alive: 0.5, effort: -0.1 });
    expect(weights({ alive: 2, effort: 0 })).toEqual({ forward: 1, alive: 2, effort: 0 });
    expect(crawlerTask.weights.alive).toBe(0.5);
    expect(resolve({ forward: 2 })[0]!.term).toBe(crawlerTask.rewards.forward);
  });

  it("adds terms of the library, by their own name or another, with options", () => {
    const terms = resolve({ "action-rate": -0.1, big: { weight: 0.5, term: "effort" } });
    expect(terms.map(({ name, weight }) => [name, weight])).toEqual([
      ["forward", 1],
      ["alive", 0.5],
      ["effort", -0.1],
      ["action-rate", -0.1],
      ["big", 0.5],
    ]);
    const state = { action: Float32Array.of(2, 0), previousAction: Float32Array.of(1, 1) } as unknown as TaskState;
    expect(terms[3]!.term(state)).toBe(2);
    expect(terms[4]!.term(state)).toBe(4);
  });

  it("takes the library's term where options are given for a term that the task has too", () => {
    const [forward] = resolve({ forward: { weight: 1, fastest: 0.5 } });
    const state = { body: { positions: [0, 0, 2] }, previousRoot: [0, 0, 0], dt: 1 } as unknown as TaskState;
    expect(forward!.term(state)).toBe(0.5);
  });

  it("names what is unknown or no number", () => {
    expect(() => resolve({ fast: 1 })).toThrow(/^There is no reward term "fast"/);
    expect(() => resolve({ toString: 1 } as RewardSettings)).toThrow(/^There is no reward term "toString"/);
    expect(() => resolve({ alive: Number.NaN })).toThrow(
      new InputError('The weight of reward term "alive" is null, it must be a number.'),
    );
    expect(() => resolve({ "foot-slipp": 1 })).toThrow(/\(did you mean foot-slip\?\)/);
    expect(() => resolve({ height: { weight: 1, part: "nose" } })).toThrow(
      /^Option "part" of reward term "height" is "nose", it must be a part of the body: /,
    );
    expect(() => resolve({ height: { weight: 1, ratio: "low" } })).toThrow(
      'Option "ratio" of reward term "height" is "low", it must be a number.',
    );
    expect(() => resolve({ "contact-schedule": { weight: 1, duty: [] } })).toThrow(
      'Option "duty" of reward term "contact-schedule" is [], it must be a list of numbers, one per foot.',
    );
    expect(() => resolve({ height: { weight: 1, size: 2 } })).toThrow(
      'Reward term "height" has no option "size"; its options are part, ratio.',
    );
  });
});

describe("resolveParameters", () => {
  it("replaces the named parameters, by numbers or samplers", () => {
    expect(resolveParameters(crawlerTask)).toEqual({ wind: 0 });
    expect(resolveParameters(crawlerTask, { wind: 3 })).toEqual({ wind: 3 });
    const sampler = { kind: "uniform", min: 0, max: 1 } as const;
    expect(resolveParameters(crawlerTask, { wind: sampler })).toEqual({ wind: sampler });
  });

  it("names what is unknown or no number", () => {
    expect(() => resolveParameters(crawlerTask, { rain: 1 })).toThrow(
      /^Environment parameter "rain" is unknown, the task reads wind, size-scale, mass-scale, .*ground-slope, .*\.$/,
    );
    const { parameters: _, ...bare } = crawlerTask;
    expect(() => resolveParameters(bare, { rain: 1 })).toThrow(
      /^Environment parameter "rain" is unknown, the task reads size-scale, mass-scale, /,
    );
    expect(() => resolveParameters(crawlerTask, { wind: Number.POSITIVE_INFINITY })).toThrow(
      new InputError('Environment parameter "wind" is Infinity, it must be a number.'),
    );
  });
});
