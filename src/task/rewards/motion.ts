import { directionOf } from "../../body/heading.js";
import { velocityOverGround } from "../../body/pace.js";
import type { TaskState } from "../task.js";
import { defineTerm, partFinder, plainTerm } from "./term.js";

/** Vertical component of a part's own up axis: 1 upright, 0 lying, −1 upside down. */
export function uprightness({ body: { rotations } }: TaskState, part: number): number {
  const x = rotations[part * 4]!;
  const z = rotations[part * 4 + 2]!;
  return 1 - 2 * (x * x + z * z);
}

/** Height of a part's centre above the ground, m. */
export function heightOf({ body }: TaskState, part: number): number {
  return body.heightAbove(part);
}

/** Lean of the root of a body that lives in the plane x = 0, rad; forward is positive. */
export function lean({ body: { rotations } }: TaskState): number {
  return 2 * Math.atan2(rotations[0]!, rotations[3]!);
}

/** (1 + cos of the angle between where a part looks and where it should) / 2: 1 straight there, 0 straight away. */
export function looking({ body, command }: TaskState, part: number): number {
  const [sin, cos] = directionOf(body.rotations, part);
  return (1 + command.along(sin, cos)) / 2;
}

/** How far a velocity over the ground is from the one that is asked for, m/s. */
export function velocityError({ command }: TaskState, x: number, z: number): number {
  const [offX, offZ] = [x - command.velocityX, z - command.velocityZ];
  // Math.hypot is many times slower.
  return Math.sqrt(offX * offX + offZ * offZ);
}

/**
 * How far the mean of the last steps is from the velocity asked for, m/s: forward and sideways are added up, so that
 * being off in one direction never hides what is gained in the other.
 */
function paceError({ pace: { x, z }, command }: TaskState): number {
  return Math.abs(command.along(x, z) - command.forward) + Math.abs(command.across(x, z) - command.sideways);
}

/** An error as a share of the speed asked for, which counts as `slack` m/s at least; 1 at most. */
function relativeError(error: number, { command }: TaskState, slack: number): number {
  return Math.min(1, error / Math.max(slack, command.speed));
}

/** (1 − e²)² with e the relative error: ML-Agents' `GetMatchingVelocityReward`. */
export function matching(state: TaskState, slack: number): number {
  const [x, z] = velocityOverGround(state.body);
  return (1 - relativeError(velocityError(state, x, z), state, slack) ** 2) ** 2;
}

export const velocity = defineTerm({
  summary:
    "How well the centre of mass keeps, on the mean of its last steps, to the velocity asked for: 1 exactly, 0 when off, forward and sideways together, by all of it (by `slack` m/s at least).",
  unit: "0 … 1",
  options: { slack: 0.8 },
  create:
    ({ slack }) =>
    (state) =>
      // At each moment, the sway of a step would hide whether a slow walk is slow enough.
      1 - relativeError(paceError(state), state, slack),
});

export const heading = defineTerm({
  summary: "How well a part looks where the character is asked to face: 1 straight there, 0 straight away.",
  unit: "0 … 1",
  options: { part: "" },
  create: ({ part }) => {
    const find = partFinder(part);
    return (state) => looking(state, find(state.body));
  },
});

export const track = defineTerm({
  summary:
    "Velocity × heading of one part × heading of the root: as ML-Agents' walkers are rewarded; one alone earns nothing.",
  unit: "0 … 1",
  options: { slack: 0.8, part: "" },
  create: ({ slack, part }) => {
    const find = partFinder(part);
    return (state) => {
      const other = find(state.body);
      return matching(state, slack) * looking(state, 0) * (other === 0 ? 1 : looking(state, other));
    };
  },
});

export const forward = defineTerm({
  summary: "Mean speed of the root along +z over the control step, at most `fastest`.",
  unit: "m/s",
  options: { fastest: 100 },
  create:
    ({ fastest }) =>
    ({ body, previousRoot, dt }) =>
      Math.min(fastest, (body.positions[2]! - previousRoot[2]!) / dt),
});

export const alive = plainTerm("Having not fallen yet.", "1", () => 1);

export const upright = defineTerm({
  summary: "Vertical component of a part's own up axis: 1 upright, 0 lying.",
  unit: "−1 … 1",
  options: { part: "" },
  create: ({ part }) => {
    const find = partFinder(part);
    return (state) => uprightness(state, find(state.body));
  },
});

export const height = defineTerm({
  summary:
    "How well a part keeps to a height, `ratio` × its height at the start: 1 there, 0 when off by a fifth of that, −1 at the worst.",
  unit: "−1 … 1",
  options: { part: "", ratio: 1 },
  create: ({ part, ratio }) => {
    const find = partFinder(part);
    return (state) => {
      const index = find(state.body);
      const error = heightOf(state, index) / state.startHeight(index) - ratio;
      return Math.max(-1, 1 - Math.abs(error) / 0.2);
    };
  },
});
