import { describe, expect, it } from "vitest";
import { expectClose } from "../../nn/close.js";
import { acrobot, acrobotDerivative } from "./acrobot.js";
import { cartPole } from "./cartPole.js";
import { mountainCarContinuous } from "./mountainCar.js";
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

describe("acrobot", () => {
  it("accelerates as the equations of motion say", () => {
    // Hanging, with the torque alone: d₁ = 4.5, d₂ = 1.75, a₂ = 1 / (1.25 − 1.75² / 4.5), a₁ = −d₂ a₂ / d₁
    const [, , a1, a2] = acrobotDerivative([0, 0, 0, 0], 1);
    expect(a2).toBeCloseTo(1.756098, 6);
    expect(a1).toBeCloseTo(-0.682927, 6);
    // Stretched out level, falling: φ₂ = 4.9, φ₁ = 14.7 + 4.9
    const [, , b1, b2] = acrobotDerivative([Math.PI / 2, 0, 0, 0], 0);
    const expected = ((1.75 / 4.5) * 19.6 - 4.9) / (1.25 - 1.75 ** 2 / 4.5);
    expect(b2).toBeCloseTo(expected, 9);
    expect(b1).toBeCloseTo(-(1.75 * expected + 19.6) / 4.5, 9);
  });

  it("keeps its energy without torque", () => {
    const energy = ([c1, s1, c2, s2, w1, w2]: number[]) => {
      const cos12 = c1! * c2! - s1! * s2!;
      const d1 = 3.5 + c2!;
      const d2 = 1.25 + 0.5 * c2!;
      const kinetic = 0.5 * d1 * w1! ** 2 + d2 * w1! * w2! + 0.5 * 1.25 * w2! ** 2;
      return kinetic - 9.8 * (1.5 * c1! + 0.5 * cos12);
    };
    // Small enough for steps of 0.2 s.
    const steps = play(acrobot, [0.4, -0.3, 0, 0], new Array(40).fill(1));
    const start = energy([Math.cos(0.4), Math.sin(0.4), Math.cos(-0.3), Math.sin(-0.3), 0, 0]);
    for (const { seen } of steps) expect(energy(seen)).toBeCloseTo(start, 1);
  });

  it("ends where the tip is over the line, and only there without a cost", () => {
    // Both links near upright.
    const [step] = play(acrobot, [3, 0.1, 0, 0], [1]);
    expect([step!.reward, step!.terminated]).toEqual([0, 1]);
    const [low] = play(acrobot, [0, 0, 0, 0], [2]);
    expect([low!.reward, low!.terminated]).toEqual([-1, 0]);
  });
});

describe("mountainCarContinuous", () => {
  it("moves as its equations say", () => {
    const [first, second] = play(mountainCarContinuous, [-0.5, 0.01], [1, -3]);
    const v1 = 0.01 + 0.0015 - 0.0025 * Math.cos(-1.5);
    expectClose(first!.seen, [-0.5 + v1, v1]);
    const v2 = v1 - 0.0015 - 0.0025 * Math.cos(3 * (-0.5 + v1));
    expectClose(second!.seen, [-0.5 + v1 + v2, v2]);
    expect([first!.reward, second!.reward]).toEqual([Math.fround(-0.1), Math.fround(-0.1)]);
  });

  it("stops at the left end, and is done on the hill", () => {
    const [stopped] = play(mountainCarContinuous, [-1.19, -0.05], [0]);
    expectClose(stopped!.seen, [-1.2, 0]);
    const [done] = play(mountainCarContinuous, [0.44, 0.05], [0.5]);
    expect(done!.terminated).toBe(1);
    expect(done!.reward).toBeCloseTo(100 - 0.025, 4);
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
