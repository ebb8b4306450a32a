import { describe, expect, it } from "vitest";
import type { EpisodeRecord } from "../../src/env/vectorEnv.js";
import { Evaluator } from "../../src/train/evaluator.js";
import { measureTag, TAGS } from "../../src/train/log/metrics.js";
import { crawlerScene } from "../support/scene.js";

const EPISODES = 40;
const scene = crawlerScene({ solved: { survivedFraction: 0.9, forwardSpeed: 1 } });
const LONGEST = scene.task.episodeSeconds / (scene.character.clock.physicsDt * scene.character.decisionPeriod);

/** An evaluator of a policy that falls in the given episodes, and the episodes that it has asked for. */
function evaluatorOf(falls: readonly number[], speed = 1.5) {
  const asked: [first: number, count: number][] = [];
  const evaluator = new Evaluator(scene, EPISODES, async (_model, _seed, first, count) => {
    asked.push([first, count]);
    return Array.from({ length: count }, (_, i): EpisodeRecord => {
      const end = falls.includes(first + i) ? "terminated" : "truncated";
      return { agent: i, return: first + i, length: LONGEST, end, terms: {}, measures: { forwardSpeed: speed } };
    });
  });
  return { evaluator, asked };
}

const recordOf = (length: number, speed: number) => ({
  step: 1,
  wallSeconds: 1,
  values: { [TAGS.episodeLength]: length, [measureTag("forwardSpeed")]: speed },
});
const hopeful = recordOf(LONGEST, 1.5);
const model = Uint8Array.of(1, 2, 3);
const exportAsync = async () => model;

describe("Evaluator", () => {
  it("does not look at a policy that gives no hope", async () => {
    const { evaluator, asked } = evaluatorOf([]);
    expect(await evaluator.isSolvedAsync(recordOf(0.4 * LONGEST, 1.5), exportAsync)).toBe(false);
    expect(await evaluator.isSolvedAsync(recordOf(LONGEST, 0.8), exportAsync)).toBe(false);
    expect(asked).toEqual([]);
  });

  it("looks at a few episodes first", async () => {
    const { evaluator, asked } = evaluatorOf([0, 1, 2, 3, 4, 5]);
    expect(await evaluator.isSolvedAsync(hopeful, exportAsync)).toBe(false);
    expect(asked).toEqual([[0, 16]]);
  });

  it("judges all episodes, each run once", async () => {
    const { evaluator, asked } = evaluatorOf([3, 20, 30]);
    expect(await evaluator.isSolvedAsync(hopeful, exportAsync)).toBe(true);
    const evaluation = await evaluator.evaluateAsync(Uint8Array.of(1, 2, 3));
    expect(asked).toEqual([
      [0, 16],
      [16, 24],
    ]);
    expect(evaluation.episodes).toBe(EPISODES);
    expect(evaluation.falls).toBe(3);
    expect(evaluation.return.mean).toBeCloseTo((EPISODES - 1) / 2, 9);
  });

  it("wants the bar met by all episodes, and the speed too", async () => {
    const falling = evaluatorOf([20, 21, 22, 23, 24]);
    expect(await falling.evaluator.isSolvedAsync(hopeful, exportAsync)).toBe(false);
    expect(falling.asked).toHaveLength(2);
    expect(await evaluatorOf([], 0.95).evaluator.isSolvedAsync(hopeful, exportAsync)).toBe(false);
  });

  it("runs the episodes of another file anew", async () => {
    const { evaluator, asked } = evaluatorOf([]);
    await evaluator.evaluateAsync(model);
    await evaluator.evaluateAsync(Uint8Array.of(1, 2, 4));
    expect(asked).toEqual([
      [0, EPISODES],
      [0, EPISODES],
    ]);
  });
});
