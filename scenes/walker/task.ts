import { sumOfSquares } from "../../src/task/sumOfSquares.js";
import type { TaskDefinition, TaskState } from "../../src/task/task.js";

const HIPS = 0;
const HEAD = 3;

/** Vertical component of a part's own up axis: 1 upright, 0 lying. */
function upright({ body: { rotations } }: TaskState, part: number): number {
  const x = rotations[part * 4]!;
  const z = rotations[part * 4 + 2]!;
  return 1 - 2 * (x * x + z * z);
}

/** Of a part's centre above the ground, m. */
function height({ body: { positions, ground } }: TaskState, part: number): number {
  return positions[part * 3 + 1]! - ground[1];
}

/** How far the hips' own forward axis points along +z, −1 … 1. */
function facing({ body: { rotations } }: TaskState): number {
  return 1 - 2 * (rotations[0]! ** 2 + rotations[1]! ** 2);
}

/** Distance of the hips' mean velocity over the control step from the one wanted, on the ground, m/s. */
function velocityError({ body: { positions }, previousRoot, dt }: TaskState, targetSpeed: number): number {
  const sideways = (positions[0]! - previousRoot[0]!) / dt;
  const forward = (positions[2]! - previousRoot[2]!) / dt;
  return Math.hypot(sideways, forward - targetSpeed);
}

const TARGET_SPEED = 1.2;

/** Walk along +z at the speed asked for, upright and facing that way, without great efforts. */
export const walkerTask: TaskDefinition<"velocity" | "facing" | "upright" | "alive" | "control"> = {
  episodeSeconds: 20,
  parameters: { "target-speed": TARGET_SPEED },
  rewards: {
    /** 1 at the speed asked for, 0 when off by all of it (by 0.8 m/s at least). */
    velocity: (state) => {
      const target = state.parameters.getWithDefault("target-speed", TARGET_SPEED);
      return 1 - Math.min(1, velocityError(state, target) / Math.max(0.8, Math.abs(target)));
    },
    facing,
    upright: (state) => upright(state, HIPS),
    alive: () => 1,
    /** Sum of squared actions. */
    control: ({ action }) => sumOfSquares(action),
  },
  weights: { velocity: 1, facing: 0.2, upright: 0.1, alive: 0.2, control: -0.005 },
  fallen: (state) => height(state, HIPS) < 0.6 || height(state, HEAD) < 1.15 || upright(state, HIPS) < 0.3,
  startNoise: { jointValues: 0.05, jointRates: 0.05, yaw: 0.3 },
  solved: { survivedFraction: 0.95, forwardSpeed: 1 },
};
