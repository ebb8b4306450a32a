import { describe, expect, it } from "vitest";
import { swimmerBody } from "../../scenes/swimmer/body.js";
import swimmer from "../../scenes/swimmer/index.js";
import { solidInertia } from "../../src/body/massProperties.js";
import { degreesOfFreedom } from "../../src/body/spec.js";
import { validateBody } from "../../src/body/validate.js";
import { createBody, run } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";
import { expectSound, limitsInDegrees, massOf, placed } from "../support/sceneChecks.js";

const CLOCK = { physicsDt: 1 / 100 } as const;

describe("the swimmer's body", () => {
  it("has three links of Gymnasium's mass, moments and ranges, driven by 150 N·m", () => {
    validateBody(swimmerBody);
    expect(massOf(swimmerBody)).toBeCloseTo(3 * 35.604717, 2);
    expect(degreesOfFreedom(swimmerBody)).toBe(2);
    for (const { shape, mass } of swimmerBody.parts) {
      expectNear(solidInertia(shape, mass), [3.917566, 0.173835, 3.917566], 1e-4);
    }
    expect(limitsInDegrees(swimmerBody)).toEqual({ middle: [-100, 100], back: [-100, 100] });
    expect(swimmerBody.joints.flatMap(({ drives }) => drives)).toEqual([
      { kind: "torque", maxTorque: 150 },
      { kind: "torque", maxTorque: 150 },
    ]);
    expect(swimmerBody.fluid).toEqual({ density: 4000, viscosity: 0.1 });
  });

  it("lies along +z, and turns what hangs behind to the left with a positive angle", () => {
    expect(placed(swimmerBody)).toEqual({ front: [0, 0.5, 1], middle: [0, 0.5, 0], back: [0, 0.5, -1] });
    const bent = placed(swimmerBody, { middle: Math.PI / 2 });
    expectNear(bent.middle!, [-0.5, 0.5, 0.5], 1e-9);
    expectNear(bent.back!, [-1.5, 0.5, 0.5], 1e-9);
  });

  it("glides along itself more easily than across, in its plane", () => {
    // Half edges of a link's equivalent box: 0.0856, 0.0856 and 0.5681 m. Along: 2 × 4000 × 0.0856² = 58.6 kg/m for each
    // of 35.6 kg, so v̇ = −1.646 v² and v(t) = v₀ / (1 + 1.646 v₀ t). Across: 2 × 4000 × 0.0856 × 0.5681 = 389, v̇ = −10.93 v².
    const glide = (linearVelocity: readonly [number, number, number]) => {
      const { world, body } = createBody(swimmerBody, CLOCK);
      body.reset({ ...body.startPose(), linearVelocity });
      run(world, body, 40);
      expect(body.positions[1]).toBeCloseTo(0.5, 3);
      return Math.hypot(body.linearVelocities[0]!, body.linearVelocities[2]!);
    };
    // 2 / (1 + 1.646 × 2 × 0.4) and 0.5 / (1 + 10.93 × 0.5 × 0.4), 4 % for the engine's steps of 0.01 s and its own brake.
    expect(glide([0, 0, 2]) / 0.863).toBeCloseTo(1, 1);
    expect(Math.abs(glide([0, 0, 2]) / 0.863 - 1)).toBeLessThan(0.04);
    expect(Math.abs(glide([0.5, 0, 0]) / 0.157 - 1)).toBeLessThan(0.08);
  });
});

it("the swimmer scene is sound", () => expectSound(swimmer, { observations: 8, actions: ["middle", "back"] }));
