import { describe, expect, it } from "vitest";
import { Random } from "../../../src/random.js";
import { createDraws, createNoise } from "../../../src/train/offPolicy/actionNoise.js";
import { ScriptedRandom } from "../../support/scriptedRandom.js";

describe("noise on actions", () => {
  it("is normal with the deviation asked for", () => {
    const noise = createNoise({ kind: "gaussian", std: 0.3 }, 1, 1, new Random(1));
    const values = Array.from({ length: 20_000 }, () => noise.next(0, 0));
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const std = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
    expect(mean).toBeCloseTo(0, 1);
    expect(std).toBeCloseTo(0.3, 2);
  });

  it("lasts, as an Ornstein–Uhlenbeck process of each action, until the episode ends", () => {
    const noise = createNoise(
      { kind: "ornstein-uhlenbeck", std: 0.1 },
      2,
      2,
      new ScriptedRandom([1, 2, 1, -1, 0, 0, 3]),
    );
    expect(noise.next(0, 0)).toBeCloseTo(0.1);
    expect(noise.next(0, 1)).toBeCloseTo(0.2);
    // x ← x − 0.15 x + 0.1 ε
    expect(noise.next(0, 0)).toBeCloseTo(0.185);
    expect(noise.next(1, 0)).toBeCloseTo(-0.1);
    noise.restart(0);
    expect(noise.next(0, 0)).toBe(0);
    expect(noise.next(1, 0)).toBeCloseTo(-0.085);
    expect(noise.next(0, 1)).toBeCloseTo(0.3);
  });
});

describe("a policy's own draws", () => {
  it("are kept for as many decisions as asked, each agent's and action's own", () => {
    const draws = createDraws(2, 2, 2, new ScriptedRandom([1, 2, 3, 4, 5, 6, 7]));
    const both = (agent: number) => [draws.next(agent, 0), draws.next(agent, 1)];
    expect(both(0)).toEqual([1, 2]);
    expect(both(0)).toEqual([1, 2]);
    expect(both(1)).toEqual([3, 4]);
    expect(both(0)).toEqual([5, 6]);
    // A new episode begins with new ones.
    draws.restart(1);
    expect(draws.next(1, 0)).toBe(7);
  });

  it("are new in every decision when kept for one", () => {
    const draws = createDraws(1, 1, 1, new ScriptedRandom([1, 2, 3]));
    expect([0, 0, 0].map(() => draws.next(0, 0))).toEqual([1, 2, 3]);
  });
});
