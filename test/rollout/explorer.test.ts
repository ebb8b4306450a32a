import { describe, expect, it } from "vitest";
import { RunningStatistics } from "../../src/nn/runningStatistics.js";
import { Explorer, type ExploringPolicy } from "../../src/rollout/explorer.js";
import { SimpleEnv, type SimpleTask } from "../support/envs/simpleEnv.js";

/** Counts its steps; the reward is the action. Ends by itself after two steps, or is cut after three. */
const counter = (end: "terminated" | "truncated"): SimpleTask => ({
  observationSize: 1,
  actionSpec: { continuous: 1, discrete: [] },
  stateSize: 1,
  timeLimit: end === "truncated" ? 3 : 100,
  start: () => {},
  step: (state, action) => {
    state[0]!++;
    return { reward: action[0]!, terminated: end === "terminated" && state[0] === 2 };
  },
  observe: ([count], out) => out.set([count!]),
});

/** Half of what it sees. */
const half: ExploringPolicy = {
  act: (observations, count, actions) => {
    for (let i = 0; i < count; i++) actions[i] = observations[i]! / 2;
  },
};

const explore = (end: "terminated" | "truncated", steps: number, agents = 1) =>
  new Explorer(new SimpleEnv(counter(end), agents, 1), 10).explore(half, { steps, normalizer: null });

describe("Explorer", () => {
  it("notes what was seen, done, earned and seen next; at an end the final observation", () => {
    const { steps, episodes, statistics } = explore("terminated", 3);
    expect(
      steps.map(({ observations, actions, rewards, nextObservations, terminated, truncated }) =>
        [observations, actions, rewards, nextObservations, terminated, truncated].map((values) => values[0]),
      ),
    ).toEqual([
      [0, 0, 0, 1, 0, 0],
      [1, 0.5, 0.5, 2, 1, 0],
      [0, 0, 0, 1, 0, 0],
    ]);
    expect(episodes).toMatchObject([{ return: 0.5, length: 2, end: "terminated" }]);
    // Of 0, 1 and 0.
    expect(statistics.count).toBe(3);
    expect(statistics.mean[0]).toBeCloseTo(1 / 3, 6);
  });

  it("tells what was cut from what ended by itself", () => {
    const last = explore("truncated", 3).steps[2]!;
    expect([last.terminated[0], last.truncated[0], last.nextObservations[0]]).toEqual([0, 1, 3]);
  });

  it("shows the policy what the normaliser makes of observations, and remembers them as they were", () => {
    const normalizer = new RunningStatistics(1);
    normalizer.update(Float32Array.of(-3, 1), 2); // mean −1, deviation 2
    const env = new SimpleEnv(counter("truncated"), 2, 1);
    const { steps } = new Explorer(env, 10).explore(half, { steps: 2, normalizer: normalizer.state() });
    expect([...steps[1]!.observations]).toEqual([1, 1]);
    expect(steps[1]!.actions[0]).toBeCloseTo(0.5, 5); // (1 + 1) / 2 / 2
  });

  it("goes on where it stopped", () => {
    const explorer = new Explorer(new SimpleEnv(counter("truncated"), 1, 1), 10);
    const next = () => explorer.explore(half, { steps: 1, normalizer: null }).steps[0]!.observations[0];
    expect([next(), next(), next(), next()]).toEqual([0, 1, 2, 0]);
  });
});
