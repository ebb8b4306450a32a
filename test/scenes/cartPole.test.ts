import { describe, expect, it } from "vitest";
import { cartPoleBody } from "../../scenes/cart-pole/body.js";
import cartPole from "../../scenes/cart-pole/index.js";
import { jointLimits } from "../../src/body/spec.js";
import { validateBody } from "../../src/body/validate.js";
import { createBody, run } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";
import { expectSound, massOf } from "../support/sceneChecks.js";
import { taskState } from "../support/taskState.js";

describe("the cart-pole's body", () => {
  it("has the inverted pendulum's cart, 4 m of rail and a pole of 2 kg that turns freely", () => {
    validateBody(cartPoleBody);
    expect(massOf(cartPoleBody, "rail")).toBeCloseTo(12.472, 6);
    expect(jointLimits(cartPoleBody)).toEqual([[-2, 2], null]);
  });

  it("starts hanging, and stays so without a force", () => {
    const { world, body } = createBody(cartPoleBody, cartPole.character.clock);
    const pole = body.partIndex("pole");
    expectNear(body.positions.subarray(pole * 3, pole * 3 + 3), [0, 0.7, 0], 1e-5);
    run(world, body, 100);
    expectNear([Math.cos(body.jointValues[1]!), body.jointValues[0]!], [-1, 0], 1e-3);
  });

  it("is pushed by 150 N as its masses say", () => {
    const { world, body } = createBody(cartPoleBody, { physicsDt: 1 / 400 });
    body.drives[0]!.apply(150);
    run(world, body, 12);
    // As for the inverted pendulum, M = 12.472 kg, m l = 0.6 kg·m, I + m l² = 0.252 kg·m²: 13.58 m/s², 30 ms.
    expect(Math.abs(body.jointRates[0]! / (13.58 * 0.03) - 1)).toBeLessThan(0.03);
  });
});

describe("the cart-pole scene", () => {
  const at = (angle: number, rate: number, seconds = 0) =>
    taskState({ body: { jointValues: [1.5, angle], jointRates: [0, rate] }, seconds });

  it("wants the pole up, slow and near the middle", () => {
    const { rewards, measures } = cartPole.task;
    expect([rewards.upright!(at(0, 0)), rewards.upright!(at(Math.PI, 0))]).toEqual([1, -1]);
    expect(rewards.distance!(at(0, 0))).toBe(2.25);
    // A spinning pole costs while it is up; while it hangs it may swing.
    expect([rewards.spin!(at(0.2, 3)), rewards.spin!(at(2, 3))]).toEqual([9, 0]);
    // Of the second ten seconds, within 0.3 rad.
    const share = measures!.uprightFraction!;
    expect([share(at(0.29, 0, 12)), share(at(0.31, 0, 12)), share(at(0, 0, 9))]).toEqual([1, 0, Number.NaN]);
  });

  it("is sound", () => expectSound(cartPole, { observations: 5, actions: ["cart"] }));
});
