import { describe, expect, it } from "vitest";
import { antBody } from "../../scenes/ant/body.js";
import ant from "../../scenes/ant/index.js";
import { forwardKinematics } from "../../src/body/pose.js";
import { degreesOfFreedom, jointLimits } from "../../src/body/spec.js";
import { validateBody } from "../../src/body/validate.js";
import { createBody, run } from "../support/headlessWorld.js";
import { expectSound } from "../support/sceneChecks.js";

describe("the ant body", () => {
  it("has the mass, joints and limits of Gymnasium's", () => {
    validateBody(antBody);
    expect(antBody.parts).toHaveLength(9);
    expect(antBody.parts.reduce((sum, part) => sum + part.mass, 0)).toBeCloseTo(0.91088, 5);
    expect(degreesOfFreedom(antBody)).toBe(8);
    const limits = jointLimits(antBody).map((limit) => limit!.map((angle) => Math.round((angle * 180) / Math.PI)));
    const leg = [
      [-30, 30],
      [30, 70],
    ];
    expect(limits).toEqual([...leg, ...leg, ...leg, ...leg]);
  });

  it("turns every shin down with a positive angle of its ankle", () => {
    const joints = [0, 0.9, 0, 0.9, 0, 0.9, 0, 0.9];
    const states = forwardKinematics(antBody, { position: [0, 0, 0], rotation: [0, 0, 0, 1], joints });
    antBody.parts.forEach(({ name }, i) => {
      // Half of a shin is 0.2·√2 m long.
      if (name.endsWith("-shin")) expect(states[i]!.position[1]).toBeCloseTo(-0.2 * Math.SQRT2 * Math.sin(0.9), 9);
    });
  });

  it("comes to rest on its four feet without any torque", () => {
    const { world, body } = createBody(antBody, { physicsDt: 1 / 60, microsteps: 8, ground: 1 });
    const feet = antBody.feet!.map((foot) => body.partIndex(foot));
    body.watchContacts([0, ...feet]);
    run(world, body, 120);
    const resting = body.positions[1]!;
    run(world, body, 60);
    expect(body.positions[1]).toBeCloseTo(resting, 2);
    expect(feet.map((foot) => body.contacts[foot])).toEqual([1, 1, 1, 1]);
    expect(body.contacts[0]).toBe(0);
    expect(Math.max(...body.linearVelocities.map(Math.abs))).toBeLessThan(0.05);
  });
});

describe("the ant scene", () => {
  it("has a hip and an ankle of each leg, in Gymnasium's order of observations", () => {
    const legs = ["front-left", "back-left", "back-right", "front-right"];
    expectSound(ant, { observations: 27, actions: legs.flatMap((leg) => [`${leg}-hip`, `${leg}-ankle`]) });
  });

  it("stands up when all its ankles push down", () => {
    const { world, body } = createBody(antBody, { ...ant.character.clock, ground: 1 });
    run(world, body, 60);
    const resting = body.positions[1]!;
    for (let leg = 0; leg < 4; leg++) body.drives[2 * leg + 1]!.apply(3);
    run(world, body, 60);
    expect(body.positions[1]! - resting).toBeGreaterThan(0.03);
  });
});
