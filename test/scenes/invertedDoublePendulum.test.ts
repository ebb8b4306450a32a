import { describe, expect, it } from "vitest";
import { invertedDoublePendulumBody } from "../../scenes/inverted-double-pendulum/body.js";
import invertedDoublePendulum from "../../scenes/inverted-double-pendulum/index.js";
import { solidInertia } from "../../src/body/massProperties.js";
import { jointLimits } from "../../src/body/spec.js";
import { validateBody } from "../../src/body/validate.js";
import type { TaskState } from "../../src/task/task.js";
import { createBody, run } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";
import { expectSound, massOf, placed } from "../support/sceneChecks.js";
import { taskState } from "../support/taskState.js";

const { task } = invertedDoublePendulum;
const at = (jointValues: readonly number[], jointRates: readonly number[] = [0, 0, 0]): TaskState =>
  taskState({ body: { jointValues, jointRates } });

describe("the inverted double pendulum's body", () => {
  it("has cart and poles of Gymnasium's, pushed by 500 N", () => {
    validateBody(invertedDoublePendulumBody);
    expect(massOf(invertedDoublePendulumBody, "rail")).toBeCloseTo(18.8694, 4);
    for (const pole of invertedDoublePendulumBody.parts.slice(2)) {
      expectNear(solidInertia(pole.shape, pole.mass).slice(0, 2), [0.154971, 0.004174], 1e-5);
    }
    expect(jointLimits(invertedDoublePendulumBody)).toEqual([[-1, 1], null, null]);
    expect(invertedDoublePendulumBody.joints[0]!.drives).toEqual([{ kind: "torque", maxTorque: 500 }]);
  });

  it("stands one pole on the other; positive angles lean them forward", () => {
    const upright = placed(invertedDoublePendulumBody);
    expectNear([...upright["pole-1"]!, ...upright["pole-2"]!], [0, 1.8, 0, 0, 2.4, 0]);
    const bent = placed(invertedDoublePendulumBody, { "pole-1": Math.PI / 2, "pole-2": -Math.PI / 2 });
    expectNear([...bent["pole-1"]!, ...bent["pole-2"]!], [0, 1.5, 0.3, 0, 1.8, 0.6]);
  });

  it("falls without help within half a second from 0.05 rad", () => {
    const { world, body } = createBody(invertedDoublePendulumBody, invertedDoublePendulum.character.clock);
    body.reset({ ...body.startPose(), joints: [0, 0.05, 0.05] });
    let seconds = 0;
    while (!task.fallen(at([...body.jointValues])) && seconds < 3) {
      run(world, body, 1);
      seconds += 0.01;
    }
    // Uprights of these lengths grow by 4 to 9 1/s, and the tip is below 1 m at about 0.6 rad.
    expect(seconds).toBeGreaterThan(0.25);
    expect(seconds).toBeLessThan(0.8);
  });
});

describe("the inverted-double-pendulum scene", () => {
  it("rewards and ends episodes as Gymnasium's", () => {
    // Tip at 0.3 + 0.6 × (0.5 + 1) = 1.2 m along and 0.6 × (√3/2 + 0) = 0.5196 m up.
    const bent = at([0.3, Math.PI / 6, Math.PI / 3], [9, 2, -1]);
    expect(task.rewards.distance!(bent)).toBeCloseTo(0.01 * 1.44 + (0.5196 - 2) ** 2, 3);
    expect(task.rewards.rates!(bent)).toBeCloseTo(0.004 + 0.005, 9);
    expect(task.rewards.distance!(at([0, 0, 0]))).toBeCloseTo(0.64, 9);
    // 0.6 + 0.6 cos 48° = 1.0015 m, and at 49° 0.9936 m.
    expect(task.fallen(at([0, 0, (48 * Math.PI) / 180]))).toBe(false);
    expect(task.fallen(at([0, 0, (49 * Math.PI) / 180]))).toBe(true);
  });

  it("is sound", () => expectSound(invertedDoublePendulum, { observations: 8, actions: ["cart"] }));
});
