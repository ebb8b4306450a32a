import { describe, expect, it } from "vitest";
import { walker2dBody } from "../../scenes/walker2d/body.js";
import { degreesOfFreedom, jointLimits } from "../../src/body/spec.js";
import { validateBody } from "../../src/body/validate.js";
import { createBody, run } from "../support/headlessWorld.js";

const CLOCK = { physicsDt: 1 / 120, ground: 0.7 } as const;

describe("the walker2d body", () => {
  it("has the mass, joints and limits of Gymnasium's", () => {
    validateBody(walker2dBody);
    expect(walker2dBody.parts).toHaveLength(7);
    expect(walker2dBody.parts.reduce((sum, part) => sum + part.mass, 0)).toBeCloseTo(23.677, 3);
    expect(degreesOfFreedom(walker2dBody)).toBe(6);
    const leg = [
      [-2.618, 0],
      [-2.618, 0],
      [-0.785, 0.785],
    ];
    expect(jointLimits(walker2dBody)).toEqual([...leg, ...leg]);
    expect(walker2dBody.joints.map(({ name }) => name)).toEqual([
      "right-thigh",
      "right-leg",
      "right-foot",
      "left-thigh",
      "left-leg",
      "left-foot",
    ]);
  });

  it("starts at rest on the ground, and without torque sinks down in its plane", () => {
    const { world, body } = createBody(walker2dBody, CLOCK);
    const start = body.positions[1]!;
    run(world, body, 6);
    expect(start - body.positions[1]!).toBeGreaterThan(0);
    expect(start - body.positions[1]!).toBeLessThan(0.05);
    expect(Math.max(...body.jointRates.map(Math.abs))).toBeLessThan(1.5);
    run(world, body, 240);
    expect(body.positions[1]).toBeLessThan(0.6);
    for (let part = 0; part < 7; part++) expect(Math.abs(body.positions[part * 3]!)).toBeLessThan(1e-3);
  });
});
