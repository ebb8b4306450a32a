import { describe, expect, it } from "vitest";
import { humanoidBody } from "../../scenes/humanoid/body.js";
import humanoid from "../../scenes/humanoid/index.js";
import { solidInertia } from "../../src/body/massProperties.js";
import { degreeOfFreedomNames, degreesOfFreedom } from "../../src/body/spec.js";
import { validateBody } from "../../src/body/validate.js";
import { dot, subtract } from "../../src/body/vector.js";
import { createBody, run } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";
import { expectSound, limitsInDegrees, massOf, placed } from "../support/sceneChecks.js";

describe("the humanoid's body", () => {
  it("has the mass, the moments and the ranges of Gymnasium's", () => {
    validateBody(humanoidBody);
    expect(humanoidBody.parts).toHaveLength(15);
    expect(massOf(humanoidBody)).toBeCloseTo(42.116, 2);
    expect(degreesOfFreedom(humanoidBody)).toBe(17);
    const moments = Object.fromEntries(
      humanoidBody.parts.map(({ name, shape, mass }) => [name, solidInertia(shape, mass)]),
    );
    expectNear(moments["right-thigh"]!.slice(0, 2), [0.074952, 0.008227], 1e-4);
    expectNear(moments["left-shin"]!.slice(0, 2), [0.032608, 0.00319], 1e-4);
    expectNear(moments["left-foot"]!, [0.003976, 0.003976, 0.003976], 1e-5);
    expectNear(moments.pelvis!.slice(0, 2), [0.052318, 0.024322], 1e-4);
    // Gymnasium's, of the left knee's sign: bending is positive.
    const side = {
      "hip.x": [-20, 110],
      "hip.y": [-35, 60],
      "hip.z": [-25, 5],
      knee: [2, 160],
      "shoulder.x": [-60, 85],
      "shoulder.y": [-60, 85],
      elbow: [-50, 90],
    };
    const both = (name: string) =>
      Object.fromEntries(Object.entries(side).map(([joint, range]) => [`${name}-${joint}`, range]));
    expect(limitsInDegrees(humanoidBody)).toEqual({
      "abdomen.x": [-75, 30],
      "abdomen.y": [-45, 45],
      waist: [-35, 35],
      ...both("right"),
      ...both("left"),
    });
  });

  it("is as tall as drawn: soles at 0.107 m, top of the head at 1.68 m", () => {
    const parts = placed(humanoidBody);
    expect(parts["left-foot"]![1] - 0.075).toBeCloseTo(0.107, 9);
    expect(parts.head![1] + 0.09).toBeCloseTo(1.68, 9);
  });

  it("bends alike on both sides with positive angles", () => {
    const still = placed(humanoidBody);
    const moved = (part: string, values: Readonly<Record<string, number>>) =>
      placed(humanoidBody, values)[part]!.map((x, i) => x - still[part]![i]!);
    for (const [side, out] of [
      ["left", -1],
      ["right", 1],
    ] as const) {
      expect(moved(`${side}-shin`, { [`${side}-hip.x`]: 0.5 })[2]).toBeGreaterThan(0.1);
      expect(moved(`${side}-shin`, { [`${side}-hip.z`]: 0.3 })[0]! * out).toBeLessThan(-0.05);
      expect(moved(`${side}-foot`, { [`${side}-knee`]: 0.5 })[2]).toBeLessThan(-0.1);
    }
    // A straighter arm reaches farther from its shoulder, at (∓0.17, 1.46, 0).
    for (const [side, x] of [
      ["left", -0.17],
      ["right", 0.17],
    ] as const) {
      const reach = (elbow: number) => {
        const arm = placed(humanoidBody, { [`${side}-elbow`]: elbow })[`${side}-lower-arm`]!;
        return Math.hypot(arm[0] - x, arm[1] - 1.46, arm[2]);
      };
      expect(reach(0.5)).toBeGreaterThan(reach(0) + 0.02);
    }
    // The whole left side is the mirror image of the right one.
    const angles = [0.3, 0.2, -0.1, 0.4, 0.25, -0.3, 0.5];
    const names = degreeOfFreedomNames(humanoidBody);
    const bent = (side: string) =>
      placed(
        humanoidBody,
        Object.fromEntries(names.filter((name) => name.startsWith(side)).map((name, i) => [name, angles[i]!])),
      );
    for (const part of ["thigh", "shin", "foot", "upper-arm", "lower-arm"]) {
      const [x, y, z] = bent("left")[`left-${part}`]!;
      expectNear(bent("right")[`right-${part}`]!, [-x, y, z], 1e-6);
    }
  });

  it("turns its arms about MuJoCo's axes, which are across them", () => {
    const axes = (name: string) => {
      const { axis, secondAxis } = humanoidBody.joints.find((joint) => joint.name === name)!;
      return [axis!, ...(secondAxis ? [secondAxis] : [])];
    };
    const along = (name: string) => {
      const { shape } = humanoidBody.parts.find((part) => part.name === name)!;
      return shape.kind === "capsule" ? subtract(shape.to, shape.from) : ([0, 0, 0] as const);
    };
    for (const side of ["left", "right"]) {
      for (const axis of axes(`${side}-shoulder`)) expect(dot(axis, along(`${side}-upper-arm`))).toBeCloseTo(0, 6);
      expect(dot(axes(`${side}-elbow`)[0]!, along(`${side}-lower-arm`))).toBeCloseTo(0, 6);
    }
  });

  it("stands by itself for a second, where MuJoCo's motors without torque let it fall in 0.6 s", () => {
    const { world, body } = createBody(humanoidBody, { ...humanoid.character.clock, ground: 1 });
    const start = body.positions[1]!;
    run(world, body, 120);
    expect(start - body.positions[1]!).toBeLessThan(0.1);
    expect(body.positions[1]).toBeGreaterThan(1.1);
  });
});

it("the humanoid scene is sound", () => {
  expectSound(humanoid, { observations: 45, actions: degreeOfFreedomNames(humanoidBody) });
});
