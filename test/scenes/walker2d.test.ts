import { describe, expect, it } from "vitest";
import { walker2dBody } from "../../scenes/walker2d/body.js";
import walker2d from "../../scenes/walker2d/index.js";
import { solidInertia } from "../../src/body/massProperties.js";
import { degreesOfFreedom, jointLimits } from "../../src/body/spec.js";
import { validateBody } from "../../src/body/validate.js";
import { createBody, run } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";
import { beginScene, expectSound, placed } from "../support/sceneChecks.js";

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

describe("a leg of the walker2d", () => {
  it("has the moments of Gymnasium's", () => {
    const moments = Object.fromEntries(
      walker2dBody.parts.map(({ name, shape, mass }) => [name, solidInertia(shape, mass)]),
    );
    expectNear(moments.torso!.slice(0, 2), [0.069246, 0.004451], 1e-5);
    expectNear(moments["left-thigh"]!.slice(0, 2), [0.093299, 0.004941], 1e-5);
    expectNear(moments["right-leg"]!.slice(0, 2), [0.072303, 0.002182], 1e-5);
    expectNear(moments["right-foot"]!.slice(0, 2), [0.023998, 0.005374], 1e-5);
  });

  it("swings forward with a positive angle, so its thigh and leg only fold backward", () => {
    for (const side of ["right", "left"]) {
      const bent = placed(walker2dBody, { [`${side}-thigh`]: -0.5, [`${side}-leg`]: -0.5 });
      // A thigh of 0.45 m, of which half: 0.225 sin 0.5; then the leg, another half radian back.
      expect(bent[`${side}-thigh`]![2]).toBeCloseTo(-0.1079, 4);
      expect(bent[`${side}-leg`]![2]).toBeCloseTo(-0.45 * Math.sin(0.5) - 0.25 * Math.sin(1), 6);
      expect(placed(walker2dBody, { [`${side}-foot`]: 0.5 })[`${side}-foot`]![1]).toBeCloseTo(
        0.1 + 0.1 * Math.sin(0.5),
        6,
      );
    }
  });
});

describe("the walker2d scene", () => {
  it("falls without torque after about half a second", () => {
    const env = beginScene(walker2d, 8);
    const idle = new Float32Array(8 * 6);
    const seconds: number[] = [];
    for (let step = 0; step < 120; step++) {
      env.step(idle);
      for (const { length, end } of env.drainEpisodes()) {
        expect(end).toBe("terminated");
        seconds.push(length / 60);
      }
    }
    // From 1.24 m it would fall freely to 0.8 m in 0.3 s; straight legs, as MuJoCo's with the same noise, hold for 0.73 s.
    const mean = seconds.slice(0, 8).reduce((sum, value) => sum + value, 0) / 8;
    expect(mean).toBeGreaterThan(0.32);
    expect(mean).toBeLessThan(0.7);
  });

  it("is sound", () => {
    const names = walker2dBody.joints.map(({ name }) => name);
    expectSound(walker2d, { observations: 17, actions: names });
  });
});
