import { describe, expect, it } from "vitest";
import { runEpisodesAsync, summarizeEpisodes } from "../../src/env/evaluate.js";
import type { EpisodeRecord } from "../../src/env/vectorEnv.js";
import type { Policy } from "../../src/policy/policy.js";
import { SimpleEnv, type SimpleTask } from "../support/envs/simpleEnv.js";

/**
 * Episodes of random length: an agent starts with 1 to 9 lives, is terminated when they are used up, or truncated after
 * 6 steps. The action is the reward.
 */
const lives: SimpleTask = {
  observationSize: 1,
  actionSpec: { continuous: 1, discrete: [] },
  stateSize: 1,
  timeLimit: 6,
  start: (state, random) => state.fill(1 + random.integer(9)),
  step: (state, action) => {
    state[0]!--;
    return { reward: action[0]!, terminated: state[0] === 0 };
  },
  observe: (state, out) => out.set(state),
};

/** Acts with a tenth of what it sees, at once or later. */
function tenth(asynchronous: boolean): Policy {
  return {
    observationSize: 1,
    actionSpec: lives.actionSpec,
    deterministic: true,
    act(observations, actions, count) {
      const act = () => {
        for (let i = 0; i < count; i++) actions[i] = observations[i]! / 10;
      };
      if (!asynchronous) return act();
      return Promise.resolve().then(act);
    },
  };
}

describe("runEpisodesAsync", () => {
  it.each([{ asynchronous: false }, { asynchronous: true }])(
    "gives the first episode of every agent, asynchronous: $asynchronous",
    async ({ asynchronous }) => {
      const env = new SimpleEnv(lives, 40, 1);
      const same = new SimpleEnv(lives, 40, 1);
      same.reset();
      const starts = [...same.observations];
      const records = await runEpisodesAsync(env, tenth(asynchronous));
      expect(records.map(({ agent }) => agent)).toEqual(starts.map((_, agent) => agent));
      expect(records.map(({ length }) => length)).toEqual(starts.map((start) => Math.min(start, 6)));
      expect(records.map(({ end }) => end)).toEqual(starts.map((start) => (start <= 6 ? "terminated" : "truncated")));
      // A start of 3 gives 0.3 + 0.2 + 0.1.
      const start = starts.indexOf(3);
      expect(records[start]!.return).toBeCloseTo(0.6, 6);
    },
  );

  it("starts from a reset, whatever was going on before", async () => {
    const env = new SimpleEnv(lives, 10, 1);
    env.reset();
    const actions = new Float32Array(10);
    for (let i = 0; i < 3; i++) env.step(actions);
    const records = await runEpisodesAsync(env, tenth(false));
    for (const { length, end } of records) expect(end === "truncated" ? length : 6).toBe(6);
    expect(records.some(({ return: sum }) => sum === 0)).toBe(false);
  });
});

describe("summarizeEpisodes", () => {
  const record = (
    total: number,
    length: number,
    end: EpisodeRecord["end"],
    speed: number,
    stride: number,
  ): EpisodeRecord => ({
    agent: 0,
    return: total,
    length,
    end,
    terms: {},
    measures: { forwardSpeed: speed, strideSeconds: stride },
  });

  it("gives means, deviations and counts", () => {
    const records = [
      record(1, 100, "terminated", 0.5, 1),
      record(3, 200, "truncated", 1.5, 2),
      record(5, 200, "truncated", 2.5, 3),
      record(7, 300, "truncated", 3.5, 6),
    ];
    expect(summarizeEpisodes(records, 0.05)).toEqual({
      episodes: 4,
      // deviations −3 −1 1 3: variance (9 + 1 + 1 + 9) / 4
      return: { mean: 4, std: Math.sqrt(5) },
      episodeSeconds: { mean: 10 },
      survivedFraction: 0.75,
      forwardSpeed: { mean: 2, std: Math.sqrt(1.25) },
      falls: 1,
      gait: { strideSeconds: 3 },
    });
  });

  it("has no gait where none was measured", () => {
    const { gait, forwardSpeed } = summarizeEpisodes([{ ...record(1, 10, "terminated", 0, 0), measures: {} }], 0.1);
    expect(gait).toEqual({});
    expect(forwardSpeed.mean).toBe(0);
  });
});
