import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { PhysicsRaycastResult } from "@babylonjs/core/Physics/physicsRaycastResult.js";
import { describe, expect, it } from "vitest";
import { ArticulatedBody } from "../../src/body/articulatedBody.js";
import { addUnevenGround, type HeightMap } from "../../src/body/ground.js";
import type { Vec3 } from "../../src/body/spec.js";
import { axisAngle } from "../../src/body/vector.js";
import type { PhysicsWorld } from "../../src/body/world.js";
import { Random } from "../../src/random.js";
import { boxBody } from "../support/bodies.js";
import { createWorld, run } from "../support/headlessWorld.js";

/** Where a ray straight down meets something, null where it meets nothing. */
function groundAt(world: PhysicsWorld, x: number, z: number): number | null {
  const result = new PhysicsRaycastResult();
  world.plugin.raycast(new Vector3(x, 50, z), new Vector3(x, -50, z), result);
  return result.hasHit ? result.hitPointWorld.y : null;
}

/** Hills that differ along x and z, so that swapped or mirrored samples would show. */
const hills: HeightMap = (x, z) => 0.4 * Math.sin(x) + 0.3 * Math.sin(0.7 * z + 1) + 0.05 * x;

describe("addUnevenGround", () => {
  it("lies where its function says, all over its area", () => {
    const world = createWorld();
    addUnevenGround(world, hills, { minX: 0, maxX: 6, minZ: -8, maxZ: -2 });
    const random = new Random(1);
    for (let i = 0; i < 200; i++) {
      const [x, z] = [3 + random.uniform(-2.95, 2.95), -5 + random.uniform(-2.95, 2.95)];
      // Corners 0.25 m apart under curvatures of 0.4 and 0.15 per m: flat pieces are off by 0.55 × 0.25² / 8 at most.
      expect(Math.abs(groundAt(world, x, z)! - hills(x, z))).toBeLessThan(5e-3);
    }
    // At its edges there is still ground, beyond them none.
    expect(groundAt(world, 0.02, -5)).toBeCloseTo(hills(0.02, -5), 2);
    for (const [x, z] of [
      [-0.1, -5],
      [6.1, -5],
      [3, -8.1],
      [3, -1.9],
    ] as const) {
      expect(groundAt(world, x, z)).toBeNull();
    }
  });

  it("meets its function nearly where it is large, too", () => {
    const world = createWorld();
    const wide: HeightMap = (x, z) => 2 * Math.sin(x / 10) - 0.1 * z;
    addUnevenGround(world, wide, { minX: -50, maxX: 50, minZ: -50, maxZ: 50 });
    const random = new Random(2);
    for (let i = 0; i < 50; i++) {
      const [x, z] = [random.uniform(-49, 49), random.uniform(-49, 49)];
      expect(Math.abs(groundAt(world, x, z)! - wide(x, z))).toBeLessThan(2e-3);
    }
  });

  it("tells the world and its bodies how high it is", () => {
    const world = createWorld();
    expect(world.heightAt).toBeNull();
    addUnevenGround(world, hills, { minX: -2, maxX: 2, minZ: -2, maxZ: 2 });
    expect(world.heightAt!(1, -0.5)).toBe(hills(1, -0.5));
    const body = new ArticulatedBody(world, boxBody());
    body.reset({ ...body.startPose(), position: [1, 5, -0.5] });
    expect(body.heightAbove(0)).toBeCloseTo(5 - hills(1, -0.5), 5);
  });
});

describe("a box on a slope of 20°", () => {
  const ANGLE = Math.PI / 9;
  // Up along +z.
  const slope: HeightMap = (_, z) => Math.tan(ANGLE) * z;
  const HALF = 0.1;

  /** Lies flat on the slope at the origin; gives the body after so many steps of 1/240 s. */
  function laid(friction: number, groundFriction: number, steps: number) {
    const world = createWorld();
    addUnevenGround(world, slope, { minX: -5, maxX: 5, minZ: -5, maxZ: 5 }, groundFriction);
    const body = new ArticulatedBody(world, boxBody({ friction }, [0.4, 2 * HALF, 0.4]));
    const position: Vec3 = [0, HALF * Math.cos(ANGLE), -HALF * Math.sin(ANGLE)];
    body.reset({ position, rotation: axisAngle([1, 0, 0], -ANGLE), joints: [] });
    run(world, body, steps);
    return body;
  }

  it("rests where it lies, as steep as the slope and half its height away from it", () => {
    const body = laid(0.8, 1, 240);
    expect(Math.abs(body.positions[2]! + HALF * Math.sin(ANGLE))).toBeLessThan(0.01);
    expect(Math.max(...body.linearVelocities.map(Math.abs))).toBeLessThan(0.01);
    // Upright over the slope it is half its height over the cosine.
    expect(Math.abs(body.heightAbove(0) - HALF / Math.cos(ANGLE))).toBeLessThan(0.005);
    expect(Math.abs(body.rotations[0]! - Math.sin(-ANGLE / 2))).toBeLessThan(0.005);
  });

  it("slides down where both are smooth: g (sin − μ cos)", () => {
    // μ = √(0.1 × 0.1): 9.81 × (0.342 − 0.1 × 0.940) = 2.43 m/s², of which cos 20° is along z.
    const body = laid(0.1, 0.1, 120);
    const speed = Math.hypot(body.linearVelocities[1]!, body.linearVelocities[2]!);
    expect(body.linearVelocities[2]).toBeLessThan(0);
    expect(Math.abs(speed - 2.43 * 0.5)).toBeLessThan(0.1);
  });
});
