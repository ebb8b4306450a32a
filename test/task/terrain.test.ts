import { describe, expect, it } from "vitest";
import { EnvironmentParameters } from "../../src/agent/environmentParameters.js";
import { type TERRAIN_PARAMETERS, terrainOf } from "../../src/task/terrain.js";

const terrain = (parameters: Partial<Record<keyof typeof TERRAIN_PARAMETERS, number>>) =>
  terrainOf(new EnvironmentParameters(parameters as Record<string, number>));

describe("terrainOf", () => {
  it("is nothing on flat ground", () => {
    expect(terrain({})).toBeNull();
    expect(terrain({ "ground-seed": 5 })).toBeNull();
  });

  it("climbs with a slope, from a metre in front of the start on", () => {
    const height = terrain({ "ground-slope": Math.atan(0.1) })!;
    expect([height(3, 0), height(-8, 0.9), height(0, -1)]).toEqual([0, 0, 0]);
    expect(height(0, 11)).toBeCloseTo(1, 10);
    expect(height(7, -6)).toBeCloseTo(-0.5, 10);
  });

  it("goes up or down by whole steps, by the seed", () => {
    const height = terrain({ "ground-step": 0.1, "ground-seed": 3 })!;
    let [ups, downs] = [0, 0];
    for (let step = 0; step < 200; step++) {
      const at = (k: number) => Math.round(height(0, 1.3 + 0.6 * k) / 0.1);
      expect(height(4, 1.3 + 0.6 * step)).toBeCloseTo(0.1 * at(step), 10);
      const difference = at(step + 1) - at(step);
      expect(Math.abs(difference)).toBe(1);
      if (difference > 0) ups++;
      else downs++;
    }
    expect(Math.min(ups, downs)).toBeGreaterThan(60);
    const other = terrain({ "ground-step": 0.1, "ground-seed": 4 })!;
    expect(Array.from({ length: 50 }, (_, k) => other(0, k) === height(0, k))).toContain(false);
  });

  it("has bumps between 0 and their height, without edges", () => {
    const height = terrain({ "ground-roughness": 0.2 })!;
    let [low, high] = [1, 0];
    for (let i = 0; i < 2000; i++) {
      const [x, z] = [0.037 * i, 2 + 0.021 * i];
      const here = height(x, z);
      low = Math.min(low, here);
      high = Math.max(high, here);
      expect(Math.abs(height(x + 0.001, z + 0.001) - here)).toBeLessThan(0.002);
    }
    expect(low).toBeGreaterThanOrEqual(0);
    expect(low).toBeLessThan(0.04);
    expect(high).toBeLessThanOrEqual(0.2);
    expect(high).toBeGreaterThan(0.16);
  });
});
