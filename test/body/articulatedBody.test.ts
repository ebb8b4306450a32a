import { NullEngine } from "@babylonjs/core/Engines/nullEngine.js";
import { describe, expect, it } from "vitest";
import { hopperBody } from "../../scenes/hopper/body.js";
import { ArticulatedBody } from "../../src/body/articulatedBody.js";
import { partInertia } from "../../src/body/massProperties.js";
import { forwardKinematics, type Pose } from "../../src/body/pose.js";
import type { BodySpec } from "../../src/body/spec.js";
import { Random } from "../../src/random.js";
import { boxBody, LINK_MASS, linkBody, menagerie } from "../support/bodies.js";
import { createBody, createWorld, havok, run, WEIGHTLESS } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";
import { randomPose } from "../support/poses.js";

const DT = 1 / 240;

/** Exact period of a pendulum, 4·√(I/(m·g·d))·K(sin θ₀/2), by the arithmetic-geometric mean. */
function pendulumPeriod(inertia: number, mass: number, distance: number, amplitude: number): number {
  let a = 1;
  let g = Math.cos(amplitude / 2);
  for (let i = 0; i < 8; i++) [a, g] = [(a + g) / 2, Math.sqrt(a * g)];
  return ((2 * Math.PI) / a) * Math.sqrt(inertia / (mass * 9.81 * distance));
}

describe("a hinged link", () => {
  it("swings as a pendulum of its mass and inertia does", () => {
    const { world, body } = createBody(linkBody());
    const inertia = partInertia(body.spec.parts[1]!)[0] + LINK_MASS * 0.25 ** 2;
    body.reset({ ...body.startPose(), joints: [0.5] });
    const crossings: number[] = [];
    let before = 0.5;
    for (let step = 1; crossings.length < 3; step++) {
      run(world, body, 1);
      const now = body.jointValues[0]!;
      if (before > 0 !== now > 0) crossings.push((step - now / (now - before)) * DT);
      before = now;
      expect(step).toBeLessThan(1000);
    }
    // 1 %: eccentric joints lose some energy per step (amplitude 0.5 → 0.49 rad in a period: −0.03 % of the period),
    // and the engine brakes slow bodies at the turning points.
    const period = pendulumPeriod(inertia, LINK_MASS, 0.25, 0.5);
    expect(period).toBeCloseTo(1.2228, 4);
    expect(Math.abs((crossings[2]! - crossings[0]!) / period - 1)).toBeLessThan(0.01);
  });

  it("swings slower with an armature, as √I", () => {
    const quarter = (armature: number) => {
      const { world, body } = createBody(linkBody({ part: { armature } }));
      body.reset({ ...body.startPose(), joints: [0.5] });
      let step = 0;
      while (body.jointValues[0]! > 0) {
        run(world, body, 1);
        step++;
      }
      return step;
    };
    const inertia = partInertia(linkBody().parts[1]!)[0] + LINK_MASS * 0.25 ** 2;
    const ratio = quarter(0.5) / quarter(0);
    expect(Math.abs(ratio / Math.sqrt((inertia + 0.5) / inertia) - 1)).toBeLessThan(0.03);
  });

  it("slows down by its angular damping, e^(−d·t)", () => {
    const { world, body } = createBody(linkBody({ center: 0, part: { angularDamping: 0.5 } }), { gravity: WEIGHTLESS });
    body.reset({ ...body.startPose(), joints: [0], jointVelocities: [6] });
    run(world, body, 240);
    expect(Math.abs(body.jointRates[0]! / (6 * Math.exp(-0.5)) - 1)).toBeLessThan(0.01);
  });
});

describe("roots", () => {
  it("free: falls by g·t²/2", () => {
    const { world, body } = createBody(boxBody());
    body.reset({ ...body.startPose(), position: [0, 50, 0] });
    run(world, body, 240);
    expect(Math.abs((50 - body.positions[1]!) / (0.5 * 9.81) - 1)).toBeLessThan(0.01);
    expect(body.linearVelocities[1]).toBeCloseTo(-9.81, 1);
  });

  it("fixed: stays where it is drawn, under its own weight and a push", () => {
    const { world, body } = createBody(linkBody({ joint: { kind: "fixed" } }), {}, { ground: [3, 1, 2] });
    expectNear(body.positions, [3, 3, 2, 3, 2.75, 2], 1e-6);
    body.applyImpulse(1, [2, 0, 0]);
    run(world, body, 240);
    expectNear(body.positions, [3, 3, 2, 3, 2.75, 2], 1e-3);
    expectNear(body.rotations, [0, 0, 0, 1, 0, 0, 0, 1], 1e-3);
  });

  it("fixed: stands still also when it is turned and off its origin", () => {
    const spec = linkBody();
    const parts = [
      { ...spec.parts[0]!, shape: { kind: "sphere", center: [0.5, 2, 0], radius: 0.05 } as const },
      spec.parts[1]!,
    ];
    const { world, body } = createBody({ ...spec, parts }, {}, { yaw: Math.PI / 2 });
    run(world, body, 60);
    expectNear(body.positions.subarray(0, 3), [0, 2, -0.5], 1e-3);
    expectNear(body.linearVelocities, new Float32Array(6), 1e-2);
  });

  it.each([0, 0.7])("planar: keeps its plane and is free inside of it, turned by %f rad", (yaw) => {
    const spec: BodySpec = { ...boxBody({ angularDamping: 0 }), root: { kind: "planar", normal: [1, 0, 0] } };
    const { world, body } = createBody(spec, { gravity: WEIGHTLESS }, { yaw, ground: [1, 0, 2] });
    const normal = [Math.cos(yaw), 0, -Math.sin(yaw)] as const;
    const forward = [Math.sin(yaw), 0, Math.cos(yaw)] as const;
    body.reset({
      ...body.startPose(),
      linearVelocity: [2 * forward[0], 1, 2 * forward[2]],
      angularVelocity: [3 * normal[0], 0, 3 * normal[2]],
    });
    run(world, body, 240);
    // One second at 1 m/s up and 2 m/s forward, turned by 3 rad.
    expectNear(body.positions, [1 + 2 * forward[0], 1.5, 2 + 2 * forward[2]], 1e-3);
    expectNear(body.angularVelocities, [3 * normal[0], 0, 3 * normal[2]], 1e-3);

    const random = new Random(3);
    for (let i = 0; i < 40; i++) {
      body.applyImpulse(0, [random.uniform(-3, 3), random.uniform(-3, 3), random.uniform(-3, 3)]);
      run(world, body, 5);
      const across = (body.positions[0]! - 1) * normal[0] + (body.positions[2]! - 2) * normal[2];
      expect(Math.abs(across)).toBeLessThan(2e-3);
      const [x, y, z, w] = body.rotations as unknown as [number, number, number, number];
      // The part's own x axis, which was drawn along the normal.
      const along = (1 - 2 * (y * y + z * z)) * normal[0] + 2 * (x * z - w * y) * normal[2];
      expect(along).toBeGreaterThan(0.9999);
    }
    expect(Math.hypot(body.linearVelocities[1]!, body.linearVelocities[2]!)).toBeGreaterThan(0.5);
  });
});

describe("joints", () => {
  /** Without limits' and drives' help. */
  const bare: BodySpec = {
    ...menagerie,
    joints: menagerie.joints.map(({ name, kind, parent, child, anchor, axis, secondAxis }) => ({
      name,
      kind,
      parent,
      child,
      anchor,
      ...(axis ? { axis } : {}),
      ...(secondAxis ? { secondAxis } : {}),
    })),
  };

  it("agree with forward kinematics on where the parts are: a body at rest in any pose stays at rest", () => {
    const random = new Random(21);
    const { world, body } = createBody(bare, { gravity: WEIGHTLESS });
    for (let i = 0; i < 5; i++) {
      const { position, rotation, joints } = randomPose(menagerie, random);
      body.reset({ position, rotation, joints });
      const start = [...body.positions];
      run(world, body, 20);
      expectNear(body.positions, start, 1e-4);
      expectNear(body.jointValues, joints, 2e-4);
    }
  });

  it("agree with it on velocities: one short step changes them by no more than its forces do", () => {
    const random = new Random(22);
    const { world, body } = createBody(bare, { gravity: WEIGHTLESS, physicsDt: 1 / 2000 });
    for (let i = 0; i < 5; i++) {
      const pose = randomPose(menagerie, random);
      body.reset(pose);
      expectNear(body.jointValues, pose.joints, 1e-4);
      expectNear(body.jointRates, pose.jointVelocities!, 1e-4);
      run(world, body, 1);
      // Coriolis and centrifugal accelerations, ω²r and products of rates of 4 rad/s or so, over half a millisecond.
      expectNear(body.jointRates, pose.jointVelocities!, 0.06);
    }
  });

  it("have the rates that their values show from step to step", () => {
    const dt = 1 / 1000;
    const { world, body } = createBody(bare, { physicsDt: dt, gravity: WEIGHTLESS });
    const random = new Random(23);
    for (let i = 0; i < 5; i++) {
      body.reset(randomPose(menagerie, random));
      for (let step = 0; step < 10; step++) {
        const before = body.jointValues.slice();
        const ratesBefore = body.jointRates.slice();
        run(world, body, 1);
        body.jointValues.forEach((value, k) => {
          // The mean rate of the step, within half of its change; 2 % of the 3 rad/s for single precision over 1 ms.
          const middle = (ratesBefore[k]! + body.jointRates[k]!) / 2;
          const change = Math.abs(body.jointRates[k]! - ratesBefore[k]!);
          expect(Math.abs((value - before[k]!) / dt - middle)).toBeLessThan(0.06 + change / 2);
        });
      }
    }
  });

  it("show in the arrays what the engine's parts do", () => {
    const { world, body } = createBody(menagerie, { ground: 1 });
    run(world, body, 50);
    body.bodies.forEach(({ _pluginData: { hpBodyId } }, part) => {
      const [position, rotation] = havok.HP_Body_GetQTransform(hpBodyId)[1];
      expectNear(body.positions.subarray(part * 3, part * 3 + 3), position, 1e-5);
      const sign = Math.sign(rotation[3]) * Math.sign(body.rotations[part * 4 + 3]!);
      expectNear(
        body.rotations.subarray(part * 4, part * 4 + 4),
        rotation.map((x) => sign * x),
        1e-5,
      );
      expectNear(
        body.angularVelocities.subarray(part * 3, part * 3 + 3),
        havok.HP_Body_GetAngularVelocity(hpBodyId)[1],
        1e-4,
      );
    });
  });
});

describe("mass properties in the engine", () => {
  it("are those of the specification, moments along the shape's own axes", () => {
    const { body } = createBody(hopperBody);
    body.spec.parts.forEach((part, i) => {
      const { mass, inertia } = body.bodies[i]!.getMassProperties();
      expect(mass).toBeCloseTo(part.mass, 4);
      const moments = partInertia(part);
      // Kept per unit of mass, in eight bits or so.
      expectNear(
        [inertia!.x, inertia!.y, inertia!.z].map((moment, k) => (moment * part.mass) / moments[k]!),
        [1, 1, 1],
        0.01,
      );
    });
  });

  it("turn a lying capsule easily about its length and hardly across it", () => {
    const spec = boxBody({
      shape: { kind: "capsule", from: [0, 1, -0.5], to: [0, 1, 0.5], radius: 0.1 },
      angularDamping: 0,
      mass: 3,
    });
    const [across, along] = partInertia(spec.parts[0]!);
    const { world, body } = createBody(spec, { gravity: WEIGHTLESS });
    havok.HP_Body_ApplyAngularImpulse(body.handles[0]!, [0.1, 0, 0.01]);
    run(world, body, 1);
    expect(Math.abs(body.angularVelocities[0]! / (0.1 / across) - 1)).toBeLessThan(0.01);
    expect(Math.abs(body.angularVelocities[2]! / (0.01 / along) - 1)).toBeLessThan(0.01);
  });
});

describe("building and disposing", () => {
  it("refuses a bad body before anything is built", () => {
    const world = createWorld();
    const nodes = world.scene.transformNodes.length;
    expect(() => new ArticulatedBody(world, { ...hopperBody, feet: ["toe"] })).toThrow('Body "hopper", feet: "toe"');
    expect(world.scene.transformNodes.length).toBe(nodes);
    expect(world.plugin.numBodies).toBe(0);
  });

  it("names a part that is asked for and not there", () => {
    const { body } = createBody(linkBody());
    expect(body.partIndex("link")).toBe(1);
    expect(() => body.partIndex("lnk")).toThrow('Body "link" has no part "lnk"; its parts are base, link.');
  });

  it("leaves nothing behind after fifty bodies", () => {
    const world = createWorld({ ground: 1 });
    const nodes = world.scene.transformNodes.length;
    /** Builds, runs and disposes; gives the highest address of what the engine made for it. */
    const once = (spec: BodySpec) => {
      const body = new ArticulatedBody(world, spec);
      body.watchContacts(body.spec.parts.map((_, part) => part));
      run(world, body, 3);
      // Shapes and constraints are asked for by making one more of each and looking where it lies.
      const shape = havok.HP_Shape_CreateSphere([0, 0, 0], 1)[1];
      const constraint = havok.HP_Constraint_Create()[1];
      const addresses = [...body.handles, shape, constraint].map(([address]) => Number(address));
      havok.HP_Shape_Release(shape);
      havok.HP_Constraint_Release(constraint);
      body.dispose();
      return Math.max(...addresses);
    };
    let highest = 0;
    for (let i = 0; i < 10; i++) highest = Math.max(highest, once(i % 2 ? hopperBody : menagerie));
    const heap = havok.HEAPU8.length;
    for (let i = 0; i < 40; i++) expect(once(i % 2 ? hopperBody : menagerie)).toBeLessThanOrEqual(highest);
    expect(havok.HEAPU8.length).toBe(heap);
    expect(world.plugin.numBodies).toBe(1);
    expect(world.scene.transformNodes.length).toBe(nodes);
    expect(world.scene.getPhysicsEngine()).not.toBeNull();
    world.step();
  });

  it("does so on NullEngine, and disposes of what a mesh factory has drawn", () => {
    const world = createWorld();
    expect(world.scene.getEngine()).toBeInstanceOf(NullEngine);
    const drawn: string[] = [];
    const body = new ArticulatedBody(world, linkBody(), {
      meshes: (part, node) => void drawn.push(part.name, node.name),
    });
    expect(drawn).toEqual(["base", "base", "link", "link"]);
    const nodes = body.bodies.map(({ transformNode }) => transformNode);
    body.dispose();
    expect(nodes.every((node) => node.isDisposed())).toBe(true);
  });
});

describe("a zero-action hopper", () => {
  it("falls within about a second from its start pose", () => {
    const { world, body } = createBody(hopperBody, { physicsDt: 1 / 120, ground: 1 });
    expectNear([body.positions[0]!, body.positions[2]!], [0, 0]);
    let seconds = 0;
    while (body.positions[1]! > 0.6) {
      run(world, body, 1);
      seconds += 1 / 120;
      expect(seconds).toBeLessThan(1.5);
    }
    expect(seconds).toBeGreaterThan(0.1);
  });

  it("stands with its foot on the ground at the start", () => {
    const { body } = createBody(hopperBody, {}, { ground: [4, 0, 1] });
    const start: Pose = body.startPose();
    const foot = forwardKinematics(hopperBody, start)[3]!;
    expect(start.position[0]).toBe(4);
    expect(start.position[2]).toBe(1);
    expect(foot.position[1]).toBeGreaterThan(0.059);
    expect(foot.position[1]).toBeLessThan(0.2);
  });
});
