import { describe, expect, it } from "vitest";
import { solidInertia } from "../../src/body/massProperties.js";
import { DEGREES_OF_FREEDOM, type DriveSpec, type JointKind, type LimitSpec } from "../../src/body/spec.js";
import { axisAngle, multiply, rotate } from "../../src/body/vector.js";
import { LINK_MASS, linkBody, pairBody } from "../support/bodies.js";
import { createBody, run, WEIGHTLESS } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";

const DT = 1 / 240;
const link = linkBody().parts[1]!;
/** Of the link about an axis across it: through its centre, and through a hinge at its end. */
const CENTRAL_INERTIA = solidInertia(link.shape, LINK_MASS)[0];
const END_INERTIA = CENTRAL_INERTIA + LINK_MASS * 0.25 ** 2;

const torque: DriveSpec = { kind: "torque", maxTorque: 10 };
const spring: DriveSpec = { kind: "position", stiffness: 100, damping: 8, maxTorque: 60 };
const SLANTED = { axis: [1, 2, -0.5], secondAxis: [2, -1, 0] } as const;

function springs(kind: JointKind): DriveSpec[] {
  return Array.from({ length: DEGREES_OF_FREEDOM[kind] }, () => spring);
}

describe("a torque drive", () => {
  it("gives a link that is hung by its centre ω = τ·t/I from the first step on", () => {
    const { world, body } = createBody(linkBody({ center: 0, drive: torque }), { gravity: WEIGHTLESS });
    body.drives[0]!.apply(2);
    for (let step = 1; step <= 10; step++) {
      run(world, body, 1);
      // 0.5 %: the engine keeps the inverse of an inertia in eight bits or so.
      expect(body.jointRates[0]! / ((2 * step * DT) / CENTRAL_INERTIA)).toBeCloseTo(1, 2);
      expect(Math.abs(body.jointRates[0]! / ((2 * step * DT) / CENTRAL_INERTIA) - 1)).toBeLessThan(0.005);
    }
  });

  it("gives it nearly that on a hinge at its end", () => {
    const { world, body } = createBody(linkBody({ drive: torque }), { gravity: WEIGHTLESS });
    body.drives[0]!.apply(5);
    run(world, body, 24);
    // The engine takes 0.3 m/s² from slow bodies, which is 5 % at the start and counts less and less.
    const share = body.jointRates[0]! / ((5 * 24 * DT) / END_INERTIA);
    expect(share).toBeGreaterThan(0.97);
    expect(share).toBeLessThan(1.005);
  });

  it("is cut at its maximum, has a sign, and rests at zero", () => {
    const { world, body } = createBody(linkBody({ center: 0, drive: { kind: "torque", maxTorque: 2 } }), {
      gravity: WEIGHTLESS,
    });
    body.drives[0]!.apply(-50);
    run(world, body, 12);
    const rate = body.jointRates[0]!;
    expect(rate / ((-2 * 12 * DT) / CENTRAL_INERTIA)).toBeCloseTo(1, 2);
    body.drives[0]!.rest(body.jointValues[0]!);
    run(world, body, 12);
    expect(body.jointRates[0]).toBeCloseTo(rate, 3);
  });

  it("pushes the parent back: a free pair keeps its angular momentum", () => {
    const { world, body } = createBody(pairBody({ ...SLANTED, drives: [torque] }), { gravity: WEIGHTLESS });
    body.drives[0]!.apply(10);
    run(world, body, 6);
    expect(Math.abs(body.jointRates[0]!)).toBeGreaterThan(1);
    // L = Σ I·ω + m·(r − R) × v, boxes of 0.2 × 0.5 × 0.3 and 0.3 × 0.5 × 0.2 m; the total mass stays at rest.
    const momentum = [0, 0, 0];
    const speed = [0, 0, 0];
    body.spec.parts.forEach((part, i) => {
      const p = i * 3;
      const [x, y, z, w] = body.rotations.subarray(i * 4, i * 4 + 4) as unknown as [number, number, number, number];
      const inverse = [-x, -y, -z, w] as const;
      const [wx, wy, wz] = body.angularVelocities.subarray(p, p + 3) as unknown as [number, number, number];
      const local = rotate(inverse, [wx, wy, wz]);
      const inertia = solidInertia(part.shape, part.mass);
      const spin = rotate([x, y, z, w], [local[0] * inertia[0], local[1] * inertia[1], local[2] * inertia[2]]);
      const r = body.positions.subarray(p, p + 3);
      const v = body.linearVelocities.subarray(p, p + 3);
      const orbit = [r[1]! * v[2]! - r[2]! * v[1]!, r[2]! * v[0]! - r[0]! * v[2]!, r[0]! * v[1]! - r[1]! * v[0]!];
      for (let k = 0; k < 3; k++) {
        momentum[k]! += spin[k]! + part.mass * orbit[k]!;
        speed[k]! += v[k]!;
      }
    });
    // The drive gave each part 10 N·m × 6/240 s = 0.25 kg·m²/s; the engine's brake on slow bodies takes some of it.
    expectNear(speed, [0, 0, 0], 0.01);
    expectNear(momentum, [0, 0, 0], 0.015);
  });

  it("is a force along a slider, v = F·t/m", () => {
    const body = linkBody({
      center: 0,
      joint: { kind: "slider", axis: [1, 0, 0] },
      drive: { kind: "torque", maxTorque: 20 },
    });
    const { world, body: sled } = createBody(body, { gravity: WEIGHTLESS });
    sled.drives[0]!.apply(10);
    run(world, sled, 48);
    // 10 N on 2 kg for 0.2 s: 1 m/s and 0.1 m, less the engine's 0.3 m/s² below 0.1 m/s.
    expect(sled.jointRates[0]).toBeCloseTo(1, 1);
    expect(Math.abs(sled.jointRates[0]! - 1)).toBeLessThan(0.01);
    expect(Math.abs(sled.jointValues[0]! - 0.1)).toBeLessThan(0.001);
    const before = sled.jointRates[0]!;
    sled.drives[0]!.apply(-99);
    run(world, sled, 48);
    expect(Math.abs(sled.jointRates[0]! - before + 2)).toBeLessThan(0.01);
  });
});

describe("a position drive", () => {
  /** Lets a link come to rest at its targets and gives the joint values. */
  function settle(kind: JointKind, targets: readonly number[]): Float32Array {
    const { world, body } = createBody(linkBody({ joint: { kind, ...SLANTED, drives: springs(kind) } }), {
      gravity: WEIGHTLESS,
    });
    targets.forEach((target, i) => void body.drives[i]!.apply(target));
    run(world, body, 480);
    expectNear(
      body.jointRates,
      targets.map(() => 0),
      1e-3,
    );
    return body.jointValues;
  }

  it.each([0.6, -0.4, 2])("takes a hinge to %f rad", (target) => {
    expectNear(settle("hinge", [target]), [target], 0.002);
  });

  it("takes a slider to its target", () => expectNear(settle("slider", [0.3]), [0.3], 0.004));

  it("takes one axis of a universal or spherical joint to its target", () => {
    expectNear(settle("universal", [0.8, 0]), [0.8, 0], 0.002);
    expectNear(settle("universal", [0, -0.9]), [0, -0.9], 0.002);
    expectNear(settle("spherical", [0.8, 0, 0]), [0.8, 0, 0], 0.002);
    expectNear(settle("spherical", [0, 0.8, 0]), [0, 0.8, 0], 0.002);
    expectNear(settle("spherical", [0, 0, -0.8]), [0, 0, -0.8], 0.002);
  });

  // The engine's springs measure several angles in a way of their own, near the rotation vector's.
  it("takes both axes of a universal joint near their targets", () => {
    expectNear(settle("universal", [0.6, 0.4]), [0.6, 0.4], 0.02);
    expectNear(settle("universal", [-0.4, 0.9]), [-0.4, 0.9], 0.05);
  });

  it("takes three axes near the rotation vector that its targets make", () => {
    for (const target of [
      [0.3, 0.3, 0],
      [0.2, 0.2, 0.2],
      [-0.4, 0.9, 0.8],
    ]) {
      const [a, b, c] = settle("spherical", target) as unknown as [number, number, number];
      const q = multiply(multiply(axisAngle([1, 0, 0], a), axisAngle([0, 1, 0], b)), axisAngle([0, 0, 1], c));
      const sine = Math.hypot(q[0], q[1], q[2]);
      const scale = (2 * Math.atan2(sine, q[3])) / sine;
      expectNear([q[0] * scale, q[1] * scale, q[2] * scale], target, 0.1);
    }
  });

  it("keeps its target inside of the joint's limits", () => {
    const { world, body } = createBody(linkBody({ drive: spring, limit: [-0.5, 1] }), { gravity: WEIGHTLESS });
    body.drives[0]!.apply(9);
    run(world, body, 480);
    expectNear(body.jointValues, [1], 0.002);
    body.drives[0]!.apply(-9);
    run(world, body, 480);
    expectNear(body.jointValues, [-0.5], 0.002);
  });

  it("keeps the target of a free hinge away from half a turn, beyond which springs turn for ever", () => {
    const { world, body } = createBody(linkBody({ drive: spring }), { gravity: WEIGHTLESS });
    body.drives[0]!.apply(4);
    run(world, body, 480);
    expectNear(body.jointValues, [2.5], 0.002);
    expectNear(body.jointRates, [0], 0.01);
  });

  it("cannot lift more than its maximal torque", () => {
    // Held straight out, the link asks for m·g·0.25 = 4.9 N·m.
    const held = (maxTorque: number) => {
      const { world, body } = createBody(linkBody({ drive: { ...spring, maxTorque } }));
      body.reset({ ...body.startPose(), joints: [Math.PI / 2] });
      run(world, body, 240);
      return body.jointValues[0]!;
    };
    expect(held(60)).toBeGreaterThan(1.5);
    expect(held(3)).toBeLessThan(1.1);
  });

  it("rests at the angle that the joint has", () => {
    const { world, body } = createBody(linkBody({ drive: spring }), { gravity: WEIGHTLESS });
    body.reset({ ...body.startPose(), joints: [0.7] });
    run(world, body, 60);
    expectNear(body.jointValues, [0.7], 1e-4);
  });
});

describe("a velocity drive", () => {
  const servo: DriveSpec = { kind: "velocity", maxVelocity: 5, maxTorque: 2 };

  it("speeds up by its torque, then holds its speed", () => {
    const { world, body } = createBody(linkBody({ center: 0, drive: servo }), { gravity: WEIGHTLESS });
    body.drives[0]!.apply(3);
    run(world, body, 10);
    expect(body.jointRates[0]! / ((2 * 10 * DT) / CENTRAL_INERTIA)).toBeCloseTo(1, 2);
    run(world, body, 50);
    expectNear(body.jointRates, [3], 0.005);
  });

  it("goes no faster than its maximum either way, and stops at rest", () => {
    const { world, body } = createBody(linkBody({ center: 0, drive: servo }), { gravity: WEIGHTLESS });
    for (const [control, rate] of [
      [99, 5],
      [-99, -5],
      [0, 0],
    ] as const) {
      body.drives[0]!.apply(control);
      run(world, body, 120);
      expectNear(body.jointRates, [rate], 0.01);
    }
  });
});

describe("what a drive says of itself", () => {
  const drive = (spec: DriveSpec, limit?: LimitSpec) =>
    createBody(linkBody({ center: 0, drive: spec, ...(limit ? { limit } : {}) }), { gravity: WEIGHTLESS });

  it("is its target after its own limits", () => {
    const told = (spec: DriveSpec, control: number, limit?: LimitSpec) => {
      const of = drive(spec, limit).body.drives[0]!;
      of.apply(control);
      return of.target;
    };
    expect(told(torque, -3)).toBe(-3);
    expect(told(torque, 30)).toBe(10);
    expect(told(spring, 0.3)).toBe(0.3);
    expect(told(spring, 2, [-0.5, 1])).toBe(1);
    expect(told(spring, -9)).toBe(-2.5);
    expect(told({ kind: "velocity", maxVelocity: 5, maxTorque: 2 }, 7)).toBe(5);
  });

  it("is the torque by its law: a spring and damper that are cut, a torque as told, not known for a speed", () => {
    const { body } = drive(spring);
    const [of] = body.drives;
    of!.apply(0.3);
    // 100 × (0.3 − 0.1) − 8 × 0.5
    expect(of!.torque(0.1, 0.5)).toBeCloseTo(16, 9);
    // 100 × 1.3 = 130 and 100 × 0.3 + 8 × 20 = 190, cut at 60.
    expect([of!.torque(-1, 0), of!.torque(0, -20), of!.torque(2, 0)]).toEqual([60, 60, -60]);
    const { drives } = drive(torque).body;
    drives[0]!.apply(-4);
    expect(drives[0]!.torque(1, 100)).toBe(-4);
    const servo = drive({ kind: "velocity", maxVelocity: 5, maxTorque: 2 }).body.drives[0]!;
    servo.apply(1);
    expect(servo.torque(0, 0)).toBeNaN();
  });

  it.each([
    ["pulled by its spring alone", 0.05, 0],
    ["braked by its damper", 0, 1],
    ["pulled and braked", 0.1, 0.5],
    ["at its strongest", 1.5, 0],
  ])("is the torque that turns a link: %s", (_, angle, rate) => {
    // A soft spring in steps of 1/960 s, so that the law hardly changes during the two steps that are watched. It also
    // turns too fast for the engine's brake on slow bodies to matter.
    const soft: DriveSpec = { kind: "position", stiffness: 40, damping: 0.5, maxTorque: 20 };
    const { world, body } = createBody(linkBody({ center: 0, drive: soft }), {
      gravity: WEIGHTLESS,
      physicsDt: 1 / 960,
    });
    const [of] = body.drives;
    body.reset({ ...body.startPose(), joints: [-angle], jointVelocities: [rate] });
    of!.apply(0);
    const before = body.jointRates[0]!;
    const atStart = of!.torque(body.jointValues[0]!, before);
    run(world, body, 2);
    const atEnd = of!.torque(body.jointValues[0]!, body.jointRates[0]!);
    const measured = ((body.jointRates[0]! - before) * 960 * CENTRAL_INERTIA) / 2;
    expect(measured / ((atStart + atEnd) / 2)).toBeCloseTo(1, 1);
  });
});

describe("limits", () => {
  /** Presses one axis with 3 N·m while springs hold the others at zero; gives the joint value where it stops. */
  function press(kind: JointKind, axis: number, sign: number): number {
    // Those about Y and Z of a spherical joint make an ellipse; symmetric ones meet their numbers on its axes.
    const limits: readonly LimitSpec[] = [[-0.5, 0.6], kind === "spherical" ? [-0.4, 0.4] : [-0.4, 0.7], [-0.7, 0.7]];
    const drives = springs(kind).with(axis, torque);
    const joint = { kind, ...SLANTED, drives, limits: limits.slice(0, drives.length) };
    const { world, body } = createBody(linkBody({ joint }), { gravity: WEIGHTLESS });
    body.drives[axis]!.apply(3 * sign);
    run(world, body, 480);
    expectNear(body.jointRates, new Float32Array(drives.length), 0.01);
    return body.jointValues[axis]!;
  }

  it.each<JointKind>(["hinge", "slider", "universal", "spherical"])(
    "stop every axis of a %s joint, as it is read",
    (kind) => {
      const ends = [-0.5, 0.6, -0.4, kind === "spherical" ? 0.4 : 0.7, -0.7, 0.7].slice(
        0,
        2 * DEGREES_OF_FREEDOM[kind],
      );
      const stops = ends.map((_, i) => press(kind, i >> 1, i % 2 === 0 ? -1 : 1));
      expectNear(stops, ends, 0.003);
    },
  );
});
