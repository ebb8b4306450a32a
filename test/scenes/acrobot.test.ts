import { describe, expect, it } from "vitest";
import { acrobotBody } from "../../scenes/acrobot/body.js";
import acrobot from "../../scenes/acrobot/index.js";
import { jointLimits } from "../../src/body/spec.js";
import { validateBody } from "../../src/body/validate.js";
import { createBody, run } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";
import { expectSound, massOf, placed } from "../support/sceneChecks.js";
import { taskState } from "../support/taskState.js";

describe("the acrobot's body", () => {
  it("is two links of 1 m and 1 kg that hang from a fixed point; only the elbow has a motor", () => {
    validateBody(acrobotBody);
    expect(massOf(acrobotBody, "mount")).toBe(2);
    expect(jointLimits(acrobotBody)).toEqual([null, null]);
    expect(acrobotBody.joints.map(({ drives }) => drives)).toEqual([undefined, [{ kind: "torque", maxTorque: 5 }]]);
    expect(placed(acrobotBody)).toMatchObject({ upper: [0, 2.5, 0], lower: [0, 1.5, 0] });
  });

  it("turns its elbow as its masses say", () => {
    const { world, body } = createBody(acrobotBody, { physicsDt: 1 / 400 });
    body.drives[1]!.apply(5);
    run(world, body, 8);
    // Hanging straight, links of I = 0.0956 kg·m² about their middle: mass matrix [[2.691, 0.846], [0.846, 0.346]], so
    // 5 N·m give −19.7 and 62.6 rad/s²; 20 ms later:
    expect(Math.abs(body.jointRates[1]! / (62.6 * 0.02) - 1)).toBeLessThan(0.05);
    expect(Math.abs(body.jointRates[0]! / (-19.7 * 0.02) - 1)).toBeLessThan(0.07);
  });

  it("swings like a pendulum, and loses a little of its energy at each swing", () => {
    const { world, body } = createBody(acrobotBody, acrobot.character.clock);
    body.reset({ ...body.startPose(), joints: [1, 0] });
    let highest = 0;
    for (let step = 0; step < 480; step++) {
      run(world, body, 1);
      if (step > 240) highest = Math.max(highest, Math.abs(body.jointValues[0]!));
    }
    expect(highest).toBeGreaterThan(0.5);
    expect(highest).toBeLessThan(1.6);
  });
});

describe("the acrobot scene", () => {
  it("is over when the tip is a link's length above the fixed point", () => {
    const at = (...jointValues: number[]) => taskState({ body: { jointValues } });
    const { rewards, succeeded, fallen } = acrobot.task;
    expect(rewards.distance!(at(0, 0))).toBe(4);
    expect(rewards.distance!(at(Math.PI, 0))).toBeCloseTo(0, 9);
    // −cos 90° − cos 180° = 1 is not above 1; −cos 120° − cos 180° = 1.5 is.
    expect(succeeded!(at(Math.PI / 2, Math.PI / 2 - 1e-6))).toBe(false);
    expect(succeeded!(at((2 * Math.PI) / 3, Math.PI / 3))).toBe(true);
    expect(fallen(at(0, 0))).toBe(false);
    // As the body is: both links straight up.
    const { lower } = placed(acrobotBody, { shoulder: Math.PI });
    expectNear(lower!, [0, 4.5, 0], 1e-9);
  });

  it("is sound", () => expectSound(acrobot, { observations: 6, actions: ["elbow"] }));
});
