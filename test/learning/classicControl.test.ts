import { describe, expect, it } from "vitest";
import { type LearningRun, learnAsync } from "./learn.js";

/** Mean returns that count as learnt, near what rl-baselines3-zoo reports after as many steps (its README, "benchmark"). */
const RUNS: readonly Omit<LearningRun, "seed">[] = [
  { task: "pendulum", trainer: "sac", bar: -180 },
  { task: "pendulum", trainer: "td3", bar: -180 },
  { task: "pendulum", trainer: "ddpg", bar: -180 },
  { task: "pendulum", trainer: "ppo", bar: -200 },
  { task: "pendulum", trainer: "ppo-kl", bar: -220 },
  { task: "pendulum", trainer: "trpo", bar: -220 },
  { task: "pendulum", trainer: "cem", bar: -400 },
  { task: "pendulum", trainer: "cma-es", bar: -400 },
  { task: "cartPole", trainer: "ppo", bar: 500 },
  { task: "cartPole", trainer: "trpo", bar: 500 },
  { task: "cartPole", trainer: "a2c", bar: 475 },
  { task: "cartPole", trainer: "a3c", bar: 475 },
  { task: "cartPole", trainer: "reinforce", bar: 475 },
  { task: "cartPole", trainer: "sac", bar: 475 },
  { task: "cartPole", trainer: "cem", bar: 500 },
  { task: "cartPole", trainer: "cma-es", bar: 500 },
  { task: "acrobot", trainer: "ppo", bar: -90 },
  { task: "acrobot", trainer: "a2c", bar: -90 },
  { task: "acrobot", trainer: "trpo", bar: -90 },
  { task: "mountainCar", trainer: "sac", bar: 90 },
];

describe.each(RUNS)("$trainer on $task", (run) => {
  it.each([1, 2, 3])(`learns a mean return of at least ${run.bar}, seed %i`, async (seed) => {
    expect((await learnAsync({ ...run, seed })).return.mean).toBeGreaterThanOrEqual(run.bar);
  });
});
