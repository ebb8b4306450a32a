import { describe, expect, it } from "vitest";
import type { EpisodeRecord } from "../../src/env/vectorEnv.js";
import { Summary } from "../../src/train/summary.js";

function episode(
  total: number,
  length: number,
  terms: Record<string, number>,
  measures: Record<string, number>,
): EpisodeRecord {
  return { agent: 0, return: total, length, end: "terminated", terms, measures };
}

describe("Summary", () => {
  it("gives the means over iterations and over episodes", () => {
    const summary = new Summary(100, 10);
    summary.add({
      metrics: { "Losses/Value Loss": 1, "Policy/Entropy": 3 },
      episodes: [
        episode(10, 100, { forward: 8, effort: 2 }, { forwardSpeed: 1 }),
        episode(20, 200, { forward: 20, effort: 0 }, { forwardSpeed: 2 }),
      ],
    });
    summary.add({
      metrics: { "Losses/Value Loss": 3, "Policy/Entropy": 5 },
      // A mean over the three episodes, not of the means of the two iterations.
      episodes: [episode(60, 600, { forward: 32, effort: 28 }, { forwardSpeed: 6 })],
    });
    expect(summary.flush(400, 12)).toEqual({
      step: 400,
      wallSeconds: 12,
      values: {
        "Losses/Value Loss": 2,
        "Policy/Entropy": 4,
        "Environment/Cumulative Reward": 30,
        "Environment/Episode Length": 300,
        "Reward/forward": 20,
        "Reward/effort": 10,
        "Measure/forwardSpeed": 3,
        "Performance/Steps per Second": 150,
      },
    });
  });

  it("begins anew after each record, and leaves out what there was nothing of", () => {
    const summary = new Summary(0, 0);
    summary.add({ metrics: { a: 1 }, episodes: [episode(10, 100, {}, {})] });
    summary.flush(10, 1);
    summary.add({ metrics: { a: 5 }, episodes: [] });
    expect(summary.flush(30, 6)).toEqual({
      step: 30,
      wallSeconds: 6,
      values: { a: 5, "Performance/Steps per Second": 4 },
    });
  });
});
