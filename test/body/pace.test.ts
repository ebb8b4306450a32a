import { expect, it } from "vitest";
import { Pace } from "../../src/body/pace.js";
import { taskState } from "../support/taskState.js";

it("is the mean velocity of the centre of mass over about a stride", () => {
  const linearVelocities = Float32Array.from([1, 9, 0, -1, 9, 2]);
  const { body } = taskState({ parts: { root: 1, head: 3 }, body: { linearVelocities } });
  const pace = new Pace(body);
  pace.begin();
  // (1 − 3) / 4 and 3 · 2 / 4
  expect([pace.x, pace.z]).toEqual([-0.5, 1.5]);
  linearVelocities.fill(0);
  for (let i = 0; i < 70; i++) pace.update(0.01);
  // After one time constant, 1/e is left.
  expect(pace.x).toBeCloseTo(-0.5 / Math.E, 9);
  expect(pace.z).toBeCloseTo(1.5 / Math.E, 9);
});

it("does not see the sway of each step", () => {
  const linearVelocities = new Float32Array(3);
  const pace = new Pace(taskState({ body: { linearVelocities } }).body);
  pace.begin();
  const seen: number[] = [];
  for (let step = 0; step < 600; step++) {
    const seconds = step / 60;
    linearVelocities.set([
      0.35 * Math.sin(2 * Math.PI * 1.35 * seconds),
      0,
      0.5 + 0.15 * Math.sin(2 * Math.PI * 2.7 * seconds),
    ]);
    pace.update(1 / 60);
    if (seconds > 3) seen.push(Math.hypot(pace.x, pace.z - 0.5));
  }
  expect(Math.max(...seen)).toBeLessThan(0.07);
});

it("has a part along a heading and one to the right of it", () => {
  const pace = Object.assign(new Pace(taskState({}).body), { x: 3, z: 4 });
  expect([pace.along(0), pace.across(0)]).toEqual([4, 3]);
  // Facing +x, +z is on the left.
  expect(pace.along(Math.PI / 2)).toBeCloseTo(3, 9);
  expect(pace.across(Math.PI / 2)).toBeCloseTo(-4, 9);
});
