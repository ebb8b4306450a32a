import { describe, expect, it } from "vitest";
import { ArticulatedBody } from "../../src/body/articulatedBody.js";
import type { BodySpec, Vec3 } from "../../src/body/spec.js";
import { boxBody } from "../support/bodies.js";
import { createBody, createWorld, run, WEIGHTLESS } from "../support/headlessWorld.js";

/** A box of its own on a fixed joint at each side of a free one, one metre apart: the outer two are not connected. */
function sandwich(selfCollision: boolean, gap: number): BodySpec {
  const box = (name: string, x: number) => ({
    name,
    shape: { kind: "box", center: [x, 1, 0], size: [0.8, 0.8, 0.8] } as const,
    mass: 1,
    friction: 0,
  });
  const slide = { kind: "slider", parent: "middle", axis: [1, 0, 0], anchor: [0, 1, 0] } as const;
  return {
    name: "sandwich",
    root: { kind: "fixed" },
    parts: [box("middle", 0), box("left", -gap / 2 - 0.4), box("right", gap / 2 + 0.4)],
    joints: [
      { ...slide, name: "left", child: "left" },
      { ...slide, name: "right", child: "right" },
    ],
    selfCollision,
  };
}

describe("friction", () => {
  it.each([
    [0.9, 0.4, 0.6],
    [0.5, 0.5, 0.5],
    [2, 0.5, 1],
    [0.4, 0.1, 0.2],
  ])("of a box of %f on a ground of %f is their geometric mean", (boxFriction, groundFriction, mu) => {
    const { world, body } = createBody(boxBody({ friction: boxFriction }, [1, 0.2, 1]), { ground: groundFriction });
    body.reset({ ...body.startPose(), linearVelocity: [3, 0, 0] });
    run(world, body, 10);
    const before = body.linearVelocities[0]!;
    run(world, body, 40);
    // v falls by μ·g·t; the engine is within 0.5 %.
    expect(Math.abs((before - body.linearVelocities[0]!) / (mu * 9.81 * (40 / 240)) - 1)).toBeLessThan(0.01);
  });
});

describe("contacts", () => {
  it.each([2, 40])("of a resting box of %f kg carry its weight", (mass) => {
    const { world, body } = createBody(boxBody({ mass }), { physicsDt: 1 / 120, ground: 1 });
    body.watchContacts([0]);
    run(world, body, 60);
    for (let i = 0; i < 10; i++) {
      run(world, body, 1);
      expect(body.contacts[0]).toBe(1);
      // 5 %: the engine's contact events come out about 3 % low.
      expect(Math.abs(body.contactForces[0]! / (mass * 9.81) - 1)).toBeLessThan(0.05);
    }
    expect(body.positions[1]).toBeCloseTo(0.5, 3);
  });

  it("begin when a body lands and end when it is lifted", () => {
    const { world, body } = createBody(boxBody(), { physicsDt: 1 / 120, ground: 1 });
    body.watchContacts([0]);
    body.reset({ ...body.startPose(), position: [0, 0.6, 0] });
    run(world, body, 1);
    expect([...body.contacts, ...body.contactForces]).toEqual([0, 0]);
    // 0.1 m take 0.14 s, 17 steps.
    run(world, body, 30);
    expect(body.contacts[0]).toBe(1);
    body.applyImpulse(0, [0, 6, 0]);
    run(world, body, 12);
    expect([...body.contacts, ...body.contactForces]).toEqual([0, 0]);
  });

  it("are noted for the watched parts of the right body only, and forgotten by reset", () => {
    const world = createWorld({ physicsDt: 1 / 120, ground: 1 });
    const standing = new ArticulatedBody(world, boxBody(), { index: 0 });
    const flying = new ArticulatedBody(world, boxBody(), { index: 1, ground: [5, 0, 0] });
    const unwatched = new ArticulatedBody(world, boxBody(), { index: 2, ground: [10, 0, 0] });
    standing.watchContacts([0]);
    standing.watchContacts([0]);
    flying.watchContacts([0]);
    flying.reset({ ...flying.startPose(), position: [5, 9, 0] });
    for (let i = 0; i < 30; i++) world.step();
    expect([standing, flying, unwatched].map(({ contacts }) => contacts[0])).toEqual([1, 0, 0]);
    expect(standing.contactForces[0]).toBeLessThan(1.1 * 2 * 9.81);
    standing.reset(standing.startPose());
    expect(standing.contacts[0]).toBe(0);
    expect(standing.contactForces[0]).toBe(0);
  });

  it("between watched parts of one body do not count, but those with anything else do", () => {
    const touching = (watched: readonly number[]) => {
      const { world, body } = createBody(sandwich(true, 0.3), { gravity: WEIGHTLESS });
      body.watchContacts(watched);
      body.reset({ ...body.startPose(), joints: [0, 0], jointVelocities: [0, -2] });
      // 0.3 m at 2 m/s take 36 steps.
      let contacts = 0;
      for (let step = 0; step < 60; step++) {
        run(world, body, 1);
        contacts += body.contacts[1]! + body.contacts[2]!;
      }
      return contacts;
    };
    expect(touching([1])).toBeGreaterThan(0);
    expect(touching([1, 2])).toBe(0);
  });

  it("of a body that is gone are no longer read", () => {
    const world = createWorld({ physicsDt: 1 / 120, ground: 1 });
    const body = new ArticulatedBody(world, boxBody());
    body.watchContacts([0]);
    for (let i = 0; i < 30; i++) world.step();
    expect(body.contacts[0]).toBe(1);
    body.dispose();
    const next = new ArticulatedBody(world, boxBody());
    for (let i = 0; i < 30; i++) world.step();
    expect(next.contacts[0]).toBe(0);
    expect(next.positions[1]).toBeCloseTo(0.5, 3);
  });
});

describe("collisions", () => {
  /** How far the right box pushes the left one, m, when it moves into it at 2 m/s for half a second. */
  function push(selfCollision: boolean): number {
    const { world, body } = createBody(sandwich(selfCollision, 0.3), { gravity: WEIGHTLESS });
    body.reset({ ...body.startPose(), joints: [0, 0], jointVelocities: [0, -2] });
    run(world, body, 120);
    return -body.jointValues[0]!;
  }

  it("between unconnected parts of one body happen where selfCollision is on", () => {
    expect(push(true)).toBeGreaterThan(0.2);
  });

  it("between them do not happen otherwise", () => expect(Math.abs(push(false))).toBeLessThan(1e-6));

  it("never happen between parts that a joint connects, nor does the root stop its children", () => {
    // The middle box overlaps both others from the start.
    const { world, body } = createBody(sandwich(true, 0.3), { gravity: WEIGHTLESS });
    run(world, body, 120);
    expect(body.jointValues.every((value) => Math.abs(value) < 1e-4)).toBe(true);
  });

  it.each([false, true])("never happen between bodies, even in one place (selfCollision %s)", (selfCollision) => {
    const world = createWorld({ ground: 1 });
    const spec = { ...boxBody(), selfCollision };
    const bodies = [0, 1, 2].map((index) => new ArticulatedBody(world, spec, { index }));
    for (const body of bodies) body.watchContacts([0]);
    for (let i = 0; i < 120; i++) world.step();
    for (const body of bodies) {
      body.readState();
      expect(Math.hypot(body.positions[0]!, body.positions[2]!)).toBeLessThan(1e-4);
      expect(body.positions[1]).toBeCloseTo(0.5, 3);
      // Its own weight, nobody else's.
      expect(Math.abs(body.contactForces[0]! / (2 * 9.81) - 1)).toBeLessThan(0.05);
    }
  });

  it("push, given to a part as an impulse, changes its speed by J/m", () => {
    const { world, body } = createBody(boxBody({ mass: 4 }), { gravity: WEIGHTLESS });
    body.applyImpulse(0, [2, 0, -8] satisfies Vec3);
    run(world, body, 1);
    expect(body.linearVelocities[0]).toBeCloseTo(0.5, 2);
    expect(body.linearVelocities[2]).toBeCloseTo(-2, 1);
    expect(Math.hypot(...body.angularVelocities)).toBeLessThan(1e-6);
  });
});
