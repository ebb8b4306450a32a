import { describe, expect, it } from "vitest";
import { halfCheetahBody } from "../../scenes/half-cheetah/body.js";
import halfCheetah from "../../scenes/half-cheetah/index.js";
import { solidInertia } from "../../src/body/massProperties.js";
import { degreesOfFreedom, jointLimits } from "../../src/body/spec.js";
import { validateBody } from "../../src/body/validate.js";
import { createBody, run } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";
import { expectSound, massOf, placed } from "../support/sceneChecks.js";

const JOINTS = ["back-thigh", "back-shin", "back-foot", "front-thigh", "front-shin", "front-foot"];

describe("the half-cheetah's body", () => {
  it("has the 14 kg, the moments, limits, springs and gears of Gymnasium's", () => {
    validateBody(halfCheetahBody);
    expect(halfCheetahBody.parts).toHaveLength(8);
    expect(massOf(halfCheetahBody)).toBeCloseTo(14, 3);
    expect(degreesOfFreedom(halfCheetahBody)).toBe(6);
    expect(jointLimits(halfCheetahBody)).toEqual([
      [-0.52, 1.05],
      [-0.785, 0.785],
      [-0.4, 0.785],
      [-1, 0.7],
      [-1.2, 0.87],
      [-0.5, 0.5],
    ]);
    const drives = halfCheetahBody.joints.flatMap((joint) => joint.drives ?? []);
    const springs = drives.map((drive) => (drive.kind === "position" ? [drive.stiffness, drive.damping] : []));
    expect(springs).toEqual([
      [240, 6],
      [180, 4.5],
      [120, 3],
      [180, 4.5],
      [120, 3],
      [60, 1.5],
    ]);
    // As MuJoCo compiles them: across and along each capsule, kg·m².
    const moments = Object.fromEntries(
      halfCheetahBody.parts.map(({ name, shape, mass }) => [name, solidInertia(shape, mass)]),
    );
    expectNear(moments["back-thigh"]!.slice(0, 2), [0.016844, 0.001576], 2e-5);
    expectNear(moments["back-shin"]!.slice(0, 2), [0.018267, 0.001623], 2e-5);
    expectNear(moments["front-foot"]!.slice(0, 2), [0.003529, 0.000879], 2e-5);
  });

  it("gives a full action the torque of MuJoCo's gear: stiffness × range", () => {
    const { body } = createBody(halfCheetahBody);
    const [actuator] = halfCheetah.character.actuators(body);
    actuator!.apply(new Float32Array(6).fill(1), 0, 0);
    // At the middle of their springs and at rest: 120, 90, 60, 120, 60 and 30 N·m.
    const torques = body.drives.map((drive) => drive!.torque(0, 0));
    expectNear(torques, [120, 90, 60, 120, 60, 30], 1e-9);
  });

  it("swings every lower part backward with a positive angle", () => {
    const still = placed(halfCheetahBody);
    for (const joint of JOINTS) {
      const moved = placed(halfCheetahBody, { [joint]: 0.3 })[joint]!;
      // Feet point down and a little forward or back; all hang below their joints.
      expect(moved[2]).toBeLessThan(still[joint]![2]);
    }
  });

  it("stands on its springs", () => {
    const { clock } = halfCheetah.character;
    const { world, body } = createBody(halfCheetahBody, { ...clock, ground: 1 });
    run(world, body, 360);
    // MuJoCo's root settles 0.132 m below 0.7 m, because its soft contacts let the feet creep apart; with feet that hold,
    // it was measured to settle 0.103 to 0.109 m below.
    expect(body.positions[1]).toBeGreaterThan(0.55);
    expect(body.positions[1]).toBeLessThan(0.62);
    expect(Math.max(...body.jointRates.map(Math.abs))).toBeLessThan(0.05);
    for (let part = 0; part < 8; part++) expect(Math.abs(body.positions[part * 3]!)).toBeLessThan(1e-3);
  });
});

it("the half-cheetah scene is sound, and never ends before its time", () => {
  expectSound(halfCheetah, { observations: 17, actions: JOINTS });
});
