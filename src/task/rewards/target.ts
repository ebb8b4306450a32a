import type { ArticulatedBody } from "../../body/articulatedBody.js";
import { meanVelocity } from "../../sensors/goalSensor.js";
import { directionToTarget } from "../../sensors/orientationCube.js";
import type { TaskState } from "../task.js";

// What Unity ML-Agents rewards its walkers for: `WalkerAgent.cs`, `CrawlerAgent.cs`, `WormAgent.cs`. The goal lies where
// the target is seen from the root.

const velocity = new Float64Array(3);

/** (1 − (min(e, s)/s)²)² with e the distance of a velocity from the one wanted and s the speed wanted: 1 exactly, 0 off. */
function matching(v: Float64Array, { body, command }: TaskState): number {
  const yaw = directionToTarget(body, command);
  const speed = command.forward;
  const error = Math.hypot(v[0]! - speed * Math.sin(yaw), v[1]!, v[2]! - speed * Math.cos(yaw));
  const ratio = Math.min(1, error / speed);
  return (1 - ratio * ratio) ** 2;
}

/** How well the mean velocity of all parts, each counting the same, is the one wanted, 0 … 1. */
export function meanVelocityMatch(state: TaskState): number {
  meanVelocity(state.body, velocity);
  return matching(velocity, state);
}

/** The same for the velocity of the root alone. */
export function rootVelocityMatch(state: TaskState): number {
  for (let k = 0; k < 3; k++) velocity[k] = state.body.linearVelocities[k]!;
  return matching(velocity, state);
}

/** (1 + g·f) / 2 with g the direction of the goal and f a part's +z axis, its vertical component left as it is: 0 … 1. */
export function lookingAtTarget({ body, command }: TaskState, part: number): number {
  const { rotations: q } = body;
  const yaw = directionToTarget(body, command);
  const x = q[part * 4]!,
    y = q[part * 4 + 1]!,
    z = q[part * 4 + 2]!,
    w = q[part * 4 + 3]!;
  const forwardX = 2 * (x * z + w * y);
  const forwardZ = 1 - 2 * (x * x + y * y);
  return (1 + forwardX * Math.sin(yaw) + forwardZ * Math.cos(yaw)) / 2;
}

/** Whether any of these parts touches the ground at the end of the control step. */
export function touchesGround({ contacts }: ArticulatedBody, parts: readonly number[]): boolean {
  for (let i = 0; i < parts.length; i++) if (contacts[parts[i]!]) return true;
  return false;
}
