import { describe, expect, it } from "vitest";
import { hopperBody } from "../../scenes/hopper/body.js";
import { partInertia, shapeCenter, shapeRotation, solidInertia } from "../../src/body/massProperties.js";
import type { ShapeSpec, Vec3 } from "../../src/body/spec.js";
import { rotate } from "../../src/body/vector.js";
import { expectNear } from "../support/near.js";

describe("solidInertia", () => {
  it("of a ball is 2/5 m r²", () => {
    expectNear(solidInertia({ kind: "sphere", center: [1, 2, 3], radius: 0.5 }, 10), [1, 1, 1]);
  });

  it("of a box is m/12 (b² + c²)", () => {
    expectNear(solidInertia({ kind: "box", center: [0, 0, 0], size: [1, 2, 3] }, 12), [13, 10, 5]);
  });

  it("of a capsule without length is that of a ball", () => {
    expectNear(solidInertia({ kind: "capsule", from: [0, 1, 0], to: [0, 1, 0], radius: 0.5 }, 10), [1, 1, 1]);
  });

  it("of a very thin capsule is that of a rod, m l²/12", () => {
    const [x, y, z] = solidInertia({ kind: "capsule", from: [0, 0, 0], to: [0, 0, 2], radius: 1e-6 }, 3);
    expectNear([x, y, z], [1, 0, 1], 1e-5);
  });

  it("of a capsule agrees with adding up thin slices", () => {
    const radius = 0.3;
    const height = 0.8;
    const mass = 7;
    const slices = 20000;
    const reach = height / 2 + radius;
    let volume = 0;
    let axial = 0;
    let transverse = 0;
    for (let i = 0; i < slices; i++) {
      const y = -reach + ((i + 0.5) / slices) * 2 * reach;
      const beyond = Math.max(0, Math.abs(y) - height / 2);
      const r2 = radius * radius - beyond * beyond;
      // A disc of area π r²: r²/2 about its axis, r²/4 about a diameter, each per unit of mass.
      volume += r2;
      axial += r2 * (r2 / 2);
      transverse += r2 * (r2 / 4 + y * y);
    }
    expectNear(
      solidInertia({ kind: "capsule", from: [0, -0.4, 0], to: [0, 0.4, 0], radius }, mass),
      [(mass * transverse) / volume, (mass * axial) / volume, (mass * transverse) / volume],
      1e-6,
    );
  });
});

describe("partInertia", () => {
  it("adds the armature to every moment, of a given inertia too", () => {
    const shape: ShapeSpec = { kind: "sphere", center: [0, 0, 0], radius: 0.5 };
    expectNear(partInertia({ name: "a", shape, mass: 10, armature: 0.25 }), [1.25, 1.25, 1.25]);
    expectNear(partInertia({ name: "a", shape, mass: 10, inertia: [1, 2, 3], armature: 0.5 }), [1.5, 2.5, 3.5]);
  });

  // Masses and principal moments (transverse, axial) that MuJoCo 3.14 computes from Gymnasium's hopper.xml, whose
  // geoms have a density of 1000 kg/m³; without the inertia that our hopper adds for its motors.
  it.each([
    ["torso", 3.665191, 0.069246, 0.004451],
    ["thigh", 4.057891, 0.093299, 0.004941],
    ["leg", 2.781357, 0.072303, 0.002182],
    ["foot", 5.315575, 0.103523, 0.009242],
  ])("of the hopper's %s is MuJoCo's", (name, mass, transverse, axial) => {
    const part = hopperBody.parts.find((candidate) => candidate.name === name)!;
    expect(part.mass).toBeCloseTo(mass, 3);
    // 2e-4: the body rounds masses to a gram, MuJoCo's figures are rounded to 1e-6.
    const moments = solidInertia(part.shape, part.mass);
    [transverse, axial, transverse].forEach((expected, i) => {
      expect(Math.abs(moments[i]! / expected - 1)).toBeLessThan(3e-4);
    });
  });
});

describe("a shape's place", () => {
  it("is the middle of a capsule, whose axis its rotation stands up", () => {
    const capsule: ShapeSpec = { kind: "capsule", from: [0, 1, 0], to: [2, 1, 2], radius: 0.1 };
    expectNear(shapeCenter(capsule), [1, 1, 1]);
    const along: Vec3 = [Math.SQRT1_2, 0, Math.SQRT1_2];
    expectNear(rotate(shapeRotation(capsule), [0, 1, 0]), along);
  });

  it("is the centre of a box, which may be turned", () => {
    expectNear(shapeCenter({ kind: "box", center: [1, 2, 3], size: [1, 1, 1] }), [1, 2, 3]);
    expectNear(
      shapeRotation({ kind: "box", center: [0, 0, 0], size: [1, 1, 1], rotation: [1, 0, 0, 0] }),
      [1, 0, 0, 0],
    );
    expectNear(shapeRotation({ kind: "sphere", center: [0, 0, 0], radius: 1 }), [0, 0, 0, 1]);
  });
});
