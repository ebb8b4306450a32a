import { describe, expect, it } from "vitest";
import { expectClose } from "../../nn/close.js";
import { cartPole } from "./cartPole.js";
import { pendulum } from "./pendulum.js";
import { SimpleEnv, type SimpleTask } from "./simpleEnv.js";

/** Observations, rewards and ends of one agent that starts in `state`; those of the episode that ends, where one does. */
function play(task: SimpleTask, state: readonly number[], actions: readonly number[]) {
  const env = new SimpleEnv({ ...task, start: (start) => start.set(state) }, 1, 1);
  env.reset();
  return actions.map((action) => {
    env.step(new Float32Array([action]));
    const over = env.terminated[0] || env.truncated[0];
    const seen = [...(over ? env.finalObservations : env.observations)];
    return { seen, reward: env.rewards[0]!, terminated: env.terminated[0]!, truncated: env.truncated[0]! };
  });
}

// The numbers are what the step functions of Gymnasium 3f0476a give from the same states, with the torque twice the action.

describe("pendulum", () => {
  it.each([
    {
      state: [3, -1],
      actions: [0.5, -3, 1], // −3 is clipped
      seen: [
        [-0.9840577, 0.17784947, -0.74416],
        [-0.9749413, 0.22246227, -0.91077286],
        [-0.9697637, 0.2440458, -0.44392619],
      ],
      rewards: [-9.101, -8.83751385, -8.59731787],
    },
    {
      state: [-2, -7.9], // at the speed limit, and over the bottom, where the angle wraps
      actions: [-1, -1, -1, 0],
      seen: [
        [-0.73739374, -0.6754632, -8],
        [-0.94222236, -0.33498815, -8],
        [-0.99829477, 0.05837414, -8],
        [-0.89772499, 0.44055635, -7.9562192],
      ],
      rewards: [-10.245, -12.164, -14.244, -15.9060316],
    },
  ])("moves as Pendulum-v1 from $state", ({ state, actions, seen, rewards }) => {
    const steps = play(pendulum, state, actions);
    expectClose(
      steps.flatMap((step) => step.seen),
      seen.flat(),
    );
    expectClose(
      steps.map((step) => step.reward),
      rewards,
    );
  });

  it("is truncated after 200 steps and never terminated", () => {
    const steps = play(pendulum, [0, 0], new Array<number>(201).fill(1));
    expect(steps.map((step) => step.terminated)).not.toContain(1);
    expect(steps.flatMap((step, i) => (step.truncated ? [i + 1] : []))).toEqual([200]);
  });
});

describe("cartPole", () => {
  it("moves as CartPole-v1", () => {
    const steps = play(cartPole, [0.01, -0.02, 0.03, -0.04], [1, 0, 1]);
    expectClose(
      steps.flatMap((step) => step.seen),
      [
        [0.0096, 0.17467919, 0.0292, -0.32306872],
        [0.01309358, -0.02084612, 0.02273863, -0.02132219],
        [0.01267666, 0.17394248, 0.02231218, -0.30674498],
      ].flat(),
    );
    expect(steps.map((step) => step.reward)).toEqual([1, 1, 1]);
  });

  it("is terminated where the pole leans too far or the cart is too far out, with the reward of that step", () => {
    const leaning = play(cartPole, [0, 0, 0.2, 0.4], [0, 0]);
    expect(leaning.map((step) => step.terminated)).toEqual([0, 1]);
    expectClose(leaning[1]!.seen, [-0.00394627, -0.39460471, 0.22296959, 1.09874952]);
    expect(leaning[1]!.reward).toBe(1);
    const out = play(cartPole, [2.39, 1, 0.2, 0.3], [1]);
    expect(out[0]!.terminated).toBe(1);
    expectClose(out[0]!.seen, [2.41, 1.19179308, 0.206, 0.0764538]);
  });

  it("is truncated after 500 steps", () => {
    const steps = play(
      { ...cartPole, step: () => ({ reward: 1, terminated: false }) },
      [0, 0, 0, 0],
      new Array(500).fill(0),
    );
    expect(steps.findIndex((step) => step.truncated)).toBe(499);
  });
});

describe("SimpleEnv", () => {
  it("shows the next episode at once, keeps the last observation and notes the episode", () => {
    const env = new SimpleEnv({ ...pendulum, timeLimit: 3 }, 2, 5);
    env.reset();
    const actions = new Float32Array([2, -0.5]);
    let sum = 0;
    for (let i = 0; i < 3; i++) {
      env.step(actions);
      sum += env.rewards[1]!;
    }
    expect([...env.truncated]).toEqual([1, 1]);
    expect(env.finalObservations).not.toEqual(env.observations);
    const episodes = env.drainEpisodes();
    expect(episodes.map(({ agent, length, end }) => ({ agent, length, end }))).toEqual([
      { agent: 0, length: 3, end: "truncated" },
      { agent: 1, length: 3, end: "truncated" },
    ]);
    expect(episodes[1]!.return).toBeCloseTo(sum, 5);
    expect(env.drainEpisodes()).toEqual([]);
  });

  it("is the same for the same seed, and agents differ", () => {
    const first = (seed: number) => {
      const env = new SimpleEnv(pendulum, 2, seed);
      env.reset();
      return [...env.observations];
    };
    expect(first(1)).toEqual(first(1));
    expect(first(1)).not.toEqual(first(2));
    expect(first(1).slice(0, 3)).not.toEqual(first(1).slice(3));
  });
});
