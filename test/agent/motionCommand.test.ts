import { expect, it } from "vitest";
import { MotionCommand } from "../../src/agent/motionCommand.js";

function command(values: Partial<Pick<MotionCommand, "heading" | "forward" | "sideways" | "cadence" | "phase">>) {
  return Object.assign(new MotionCommand(), values);
}

it("turns the velocity that is asked for into the world", () => {
  const ahead = command({ forward: 2, sideways: 0.5 });
  expect([ahead.velocityX, ahead.velocityZ]).toEqual([0.5, 2]);
  // Facing +x, forward is +x and right is −z.
  const turned = command({ heading: Math.PI / 2, forward: 2, sideways: 0.5 });
  expect(turned.velocityX).toBeCloseTo(2, 12);
  expect(turned.velocityZ).toBeCloseTo(-0.5, 12);
  // Facing 30° right of +z at 2 m/s: x = 2 sin 30° = 1, z = 2 cos 30° = √3.
  const slanted = command({ heading: Math.PI / 6, forward: 2 });
  expect(slanted.velocityX).toBeCloseTo(1, 12);
  expect(slanted.velocityZ).toBeCloseTo(Math.sqrt(3), 12);
});

it("says what of a vector lies along its heading and what to the right of it, whenever that changes", () => {
  const turned = command({});
  expect([turned.along(3, 4), turned.across(3, 4)]).toEqual([4, 3]);
  // Facing +x, +z is on the left.
  turned.heading = Math.PI / 2;
  expect(turned.along(3, 4)).toBeCloseTo(3, 12);
  expect(turned.across(3, 4)).toBeCloseTo(-4, 12);
  turned.reset();
  expect([turned.along(3, 4), turned.across(3, 4)]).toEqual([4, 3]);
});

it("stands below a tenth of a metre per second, whichever way it would go", () => {
  expect(command({ forward: -3, sideways: 4 }).speed).toBe(5);
  expect(command({}).standing).toBe(true);
  expect(command({ forward: 0.09 }).standing).toBe(true);
  expect(command({ forward: 0.08, sideways: -0.08 }).standing).toBe(false);
  expect(command({ forward: -0.11 }).standing).toBe(false);
});

it("faces from one place towards another", () => {
  const facing = (x: number, z: number) => {
    const turned = new MotionCommand();
    turned.faceTowards(1, 2, x, z);
    return turned.heading;
  };
  expect(facing(1, 5)).toBe(0);
  expect(facing(4, 2)).toBeCloseTo(Math.PI / 2, 12);
  expect(facing(-2, 2)).toBeCloseTo(-Math.PI / 2, 12);
  expect(Math.abs(facing(1, -5))).toBeCloseTo(Math.PI, 12);
  expect(facing(2, 3)).toBeCloseTo(Math.PI / 4, 12);
});

it("turns by no more than it may, the shorter way round", () => {
  const turned = command({ heading: 3 });
  turned.faceTowards(0, 0, Math.sin(-3), Math.cos(-3), 0.1);
  expect(turned.heading).toBeCloseTo(3.1, 12);
  turned.faceTowards(0, 0, Math.sin(-3), Math.cos(-3), 0.2);
  expect(turned.heading).toBeCloseTo(-3, 12);
  turned.faceTowards(0, 0, 0, 1, 0.5);
  expect(turned.heading).toBeCloseTo(-2.5, 12);
});

it("lets its phase run by strides per second, round and round", () => {
  const stepping = command({ cadence: 1.5, phase: 0.5 });
  stepping.advance(0.1);
  expect(stepping.phase).toBeCloseTo(0.65, 12);
  // 0.65 + 1.5 × 0.4 = 1.25
  stepping.advance(0.4);
  expect(stepping.phase).toBeCloseTo(0.25, 12);
  const free = command({ phase: 0.3 });
  free.advance(10);
  expect(free.phase).toBe(0.3);
});

it("forgets everything at a reset", () => {
  const used = command({ heading: 1, forward: 2, sideways: 3, cadence: 4, phase: 0.5 });
  used.reset();
  expect(used).toEqual(new MotionCommand());
});
