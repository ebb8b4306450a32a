import { describe, expect, it } from "vitest";
import { cartPole } from "../support/envs/cartPole.js";
import { pendulum } from "../support/envs/pendulum.js";
import { learnAsync } from "./learn.js";

describe.each([1, 2, 3])("PPO with seed %i", (seed) => {
  it("swings Pendulum-v1 up and holds it: mean return at least −200", async () => {
    const run = { name: "Pendulum-v1", task: pendulum, file: "pendulum.yaml", seed, bar: -200 };
    expect((await learnAsync(run)).return.mean).toBeGreaterThanOrEqual(run.bar);
  });

  it("balances CartPole-v1 for all 500 steps of every episode", async () => {
    const run = { name: "CartPole-v1", task: cartPole, file: "cartPole.yaml", seed, bar: 500 };
    expect((await learnAsync(run)).return.mean).toBe(run.bar);
  });
});
