import { describe, expect, it } from "vitest";
import type { BodySpec, FluidSpec, PartSpec, Quat, ShapeSpec, Vec3 } from "../../src/body/spec.js";
import { axisAngle } from "../../src/body/vector.js";
import { boxBody } from "../support/bodies.js";
import { createBody, run, WEIGHTLESS } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";

const DT = 1 / 240;
/** Half edges 0.1, 0.2 and 0.3 m, of which a solid box is its own equivalent; as heavy as water. */
const SIZE: Vec3 = [0.2, 0.4, 0.6];
const MASS = 48;
const DENSE: FluidSpec = { density: 1000, viscosity: 0 };
const VISCOUS: FluidSpec = { density: 0, viscosity: 10 };
const QUARTER: Quat = axisAngle([0, 1, 0], Math.PI / 2);

interface Motion {
  readonly v?: Vec3;
  readonly w?: Vec3;
  readonly rotation?: Quat;
}

function inFluid(fluid: FluidSpec, part: Partial<PartSpec> = {}): BodySpec {
  return { ...boxBody({ mass: MASS, angularDamping: 0, ...part }, SIZE), fluid };
}

/** Force and torque on a box that moves like this: what one step takes from its velocities. */
function resistance(fluid: FluidSpec, { v = [0, 0, 0], w = [0, 0, 0], rotation = [0, 0, 0, 1] }: Motion) {
  const { world, body } = createBody(inFluid(fluid), { gravity: WEIGHTLESS });
  body.reset({ position: [0, 3, 0], rotation, joints: [], linearVelocity: v, angularVelocity: w });
  body.readState();
  const [v0, w0] = [[...body.linearVelocities], [...body.angularVelocities]];
  run(world, body, 1);
  // Moments about x, y, z of a solid box: 48/12 × (0.4² + 0.6²) and so on.
  const moments = [2.08, 1.6, 0.8];
  return {
    force: v0.map((from, i) => ((body.linearVelocities[i]! - from) / DT) * MASS),
    torque: w0.map((from, i) => ((body.angularVelocities[i]! - from) / DT) * moments[i]!),
  };
}

describe("the drag of a dense fluid, −2 ρ r r |v| v and −½ ρ r (r⁴ + r⁴) |ω| ω", () => {
  it("resists a box with the area of the face that it pushes", () => {
    // 2 × 1000 × 0.2 × 0.3 × 2² = 480 N, × 0.1 × 0.3 = 240 N, × 0.1 × 0.2 = 160 N
    expectNear(resistance(DENSE, { v: [2, 0, 0] }).force, [-480, 0, 0], 5);
    expectNear(resistance(DENSE, { v: [0, -2, 0] }).force, [0, 240, 0], 3);
    expectNear(resistance(DENSE, { v: [0, 0, 2] }).force, [0, 0, -160], 2);
    // Twice as fast, four times the force.
    expectNear(resistance(DENSE, { v: [0, 0, 4] }).force, [0, 0, -640], 7);
  });

  it("turns with the box", () => {
    // A quarter turn about y: now the small face, across z, is what moves along x.
    expectNear(resistance(DENSE, { v: [2, 0, 0], rotation: QUARTER }).force, [-160, 0, 0], 2);
  });

  it("brakes its turning", () => {
    // ½ × 1000 × 0.1 × (0.2⁴ + 0.3⁴) × 3² = 4.365 N·m; about y 0.2 × (0.1⁴ + 0.3⁴): 7.38; about z 0.3 × (0.1⁴ + 0.2⁴): 2.295
    expectNear(resistance(DENSE, { w: [3, 0, 0] }).torque, [-4.365, 0, 0], 0.06);
    expectNear(resistance(DENSE, { w: [0, -3, 0] }).torque, [0, 7.38, 0], 0.1);
    expectNear(resistance(DENSE, { w: [0, 0, 3] }).torque, [0, 0, -2.295], 0.04);
  });
});

describe("the drag of a viscous fluid, −6 π β r̄ v and −8 π β r̄³ ω", () => {
  it("is the same in all directions, and in proportion to the speed", () => {
    // 6π × 10 × 0.2 × 2 = 75.4 N
    for (const v of [
      [2, 0, 0],
      [0, 2, 0],
      [0, 0, 2],
    ] as const) {
      const expected = v.map((x) => (-75.4 * x) / 2);
      expectNear(resistance(VISCOUS, { v }).force, expected, 1);
    }
    expectNear(resistance(VISCOUS, { v: [0, 4, 0] }).force, [0, -150.8, 0], 2);
    // 8π × 10 × 0.008 × 3 = 6.03 N·m
    expectNear(resistance(VISCOUS, { w: [0, 0, 3] }).torque, [0, 0, -6.03], 0.1);
  });
});

describe("a fluid", () => {
  it("lets a ball fall no faster than its terminal speed", () => {
    const shape: ShapeSpec = { kind: "sphere", center: [0, 0.1, 0], radius: 0.1 };
    const { world, body } = createBody(inFluid({ density: 50, viscosity: 0 }, { shape, mass: 2 }));
    body.reset({ ...body.startPose(), position: [0, 0, 0] });
    run(world, body, 480);
    // Moments 0.4 m R² are those of a cube with half edges √0.6 R, whose square is 0.006 m²:
    // 2 kg × 9.81 m/s² = 2 × 50 × 0.006 × v², v = 5.718 m/s.
    expectNear(body.linearVelocities, [0, -5.718, 0], 0.02);
  });

  it("does not mind armature, which is inside", () => {
    const speed = (armature: number) => {
      const { world, body } = createBody(inFluid(DENSE, { armature }), { gravity: WEIGHTLESS });
      body.reset({ ...body.startPose(), linearVelocity: [3, 0, 0] });
      run(world, body, 20);
      return body.linearVelocities[0]!;
    };
    expect(speed(5)).toBeCloseTo(speed(0), 4);
  });

  it("is gone with its body, and no body has it that does not ask", () => {
    const { world, body } = createBody(inFluid(DENSE), { gravity: WEIGHTLESS });
    expect(world.forces.size).toBe(1);
    body.dispose();
    expect(world.forces.size).toBe(0);
    expect(createBody(boxBody()).world.forces.size).toBe(0);
  });
});
