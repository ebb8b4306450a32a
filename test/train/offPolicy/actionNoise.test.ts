import { describe, expect, it } from "vitest";
import { Random } from "../../../src/random.js";
import { createNoise } from "../../../src/train/offPolicy/actionNoise.js";
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
