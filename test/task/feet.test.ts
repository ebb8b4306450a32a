import { describe, expect, it } from "vitest";
import type { ArticulatedBody } from "../../src/body/articulatedBody.js";
import { Feet } from "../../src/task/feet.js";
import { boxBody, menagerie } from "../support/bodies.js";
import { createBody, run } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";

const DT = 0.1;

/** The feet of a body that stands in its start pose. */
const feetOf = (body: ArticulatedBody) =>
  new Feet(
    body,
    Float32Array.from(body.spec.parts, (_, part) => body.heightAbove(part)),
  );

/** Feet whose contacts are what the test says. */
function scripted() {
  const { body } = createBody(menagerie);
  const feet = feetOf(body);
  feet.begin();
  const step = (...down: number[]) => {
    for (const [i, part] of feet.parts.entries()) body.contacts[part] = down[i]!;
    feet.update(DT);
  };
  return { body, feet, step };
}

describe("Feet", () => {
  it("follows the feet of the body in their order", () => {
    const { body, feet } = scripted();
    expect(feet.parts).toEqual(["shin", "arm", "tip"].map((part) => body.partIndex(part)));
    expect(feet.count).toBe(3);
    expect(feetOf(createBody(boxBody()).body).count).toBe(0);
  });

  it("begins an episode on the ground, so that standing is no landing", () => {
    const { feet, step } = scripted();
    expect([[...feet.down], feet.airborne]).toEqual([[1, 1, 1], false]);
    step(1, 1, 1);
    expect([...feet.landed]).toEqual([0, 0, 0]);
  });

  it("counts the time on the ground since a landing", () => {
    const { feet, step } = scripted();
    step(1, 0, 1);
    step(1, 0, 1);
    expectNear(feet.groundSeconds, [0.2, 0, 0.2], 1e-6);
    step(0, 1, 1);
    expectNear(feet.groundSeconds, [0, 0, 0.3], 1e-6);
    step(1, 1, 1);
    expectNear(feet.groundSeconds, [0, 0.1, 0.4], 1e-6);
    feet.begin();
    expect([...feet.groundSeconds]).toEqual([0, 0, 0]);
  });

  it("counts the time in the air, keeps it in the step of landing, then forgets it", () => {
    const { feet, step } = scripted();
    step(0, 1, 1);
    expectNear(feet.airSeconds, [0.1, 0, 0], 1e-6);
    step(0, 1, 0);
    step(0, 0, 0);
    expect(feet.airborne).toBe(true);
    expectNear(feet.airSeconds, [0.3, 0.1, 0.2], 1e-6);
    step(1, 0, 0);
    expect([[...feet.landed], [...feet.down], feet.airborne]).toEqual([[1, 0, 0], [1, 0, 0], false]);
    // The swing that is over took three steps.
    expectNear(feet.airSeconds, [0.3, 0.2, 0.3], 1e-6);
    step(1, 1, 0);
    expect([...feet.landed]).toEqual([0, 1, 0]);
    expectNear(feet.airSeconds, [0, 0.2, 0.4], 1e-6);
    feet.begin();
    expect([[...feet.down], [...feet.landed], [...feet.airSeconds]]).toEqual([
      [1, 1, 1],
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it("counts the next swing from nothing, even after a touch of a single step", () => {
    const { feet, step } = scripted();
    for (let i = 0; i < 3; i++) step(0, 1, 1);
    step(1, 1, 1);
    expectNear(feet.airSeconds, [0.3, 0, 0], 1e-6);
    step(0, 1, 1);
    expectNear(feet.airSeconds, [0.1, 0, 0], 1e-6);
  });

  it("counts a sole that is off the ground for less than 50 ms as down", () => {
    const { body, feet } = scripted();
    const [shin] = feet.parts;
    const seen = [0, 0, 0, 1, 1, 0, 1].map((contact) => {
      for (const part of feet.parts) body.contacts[part] = 1;
      body.contacts[shin!] = contact;
      feet.update(0.02);
      return [feet.down[0], feet.landed[0]];
    });
    // 20 and 40 ms are chatter, 60 are a swing; the one of 20 ms later on is no landing.
    expect(seen.map(([down]) => down)).toEqual([1, 1, 0, 1, 1, 1, 1]);
    expect(seen.map(([, landed]) => landed)).toEqual([0, 0, 0, 1, 0, 0, 0]);
  });

  it("sees a box fall and land, √(2h/g) later", () => {
    const { world, body } = createBody({ ...boxBody({}, [0.2, 0.2, 0.2]), feet: ["box"] }, { ground: 1 });
    const feet = feetOf(body);
    body.reset({ ...body.startPose(), position: [0, 0.6, 0], linearVelocity: [0.3, 0, 0.4] });
    feet.begin();
    expect(feet.clearance(0)).toBeCloseTo(0.5, 6);
    run(world, body, 1);
    feet.update(1 / 240);
    expect(feet.groundSpeed(0)).toBeCloseTo(0.5, 3);
    for (let step = 0; step < 200 && !feet.landed[0]; step++) {
      run(world, body, 1);
      feet.update(1 / 240);
    }
    // 0.5 m: 0.319 s, seen to the step or two.
    expect(Math.abs(feet.airSeconds[0]! - 0.319)).toBeLessThan(0.01);
    expect(feet.down[0]).toBe(1);
    expect(Math.abs(feet.clearance(0))).toBeLessThan(0.01);
  });
});
