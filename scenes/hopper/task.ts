import { sumOfSquares } from "../../src/task/sumOfSquares.js";
import type { TaskDefinition, TaskState } from "../../src/task/task.js";

/** Lean of the torso, rad; forward is positive. */
const pitch = ({ body }: TaskState) => 2 * Math.atan2(body.rotations[0]!, body.rotations[3]!);

/** Speed above which going faster earns nothing more, m/s: a leap that ends on the nose must not pay better than hopping. */
const FASTEST = 2;

/**
 * Hop forward, stay up, keep the torso upright, do not waste torque. The terms of Gymnasium's Hopper-v5 and one for the
 * lean, because this engine lets the torso lean further before it counts as a fall (0.4 rad, there 0.2).
 */
export const hopperTask: TaskDefinition<"forward" | "alive" | "lean" | "control"> = {
  episodeSeconds: 10,
  rewards: {
    /** Mean forward speed over the control step, m/s, at most `FASTEST`. */
    forward: ({ body, previousRoot, dt }) => Math.min(FASTEST, (body.positions[2]! - previousRoot[2]!) / dt),
    alive: () => 1,
    /** Square of the torso's lean, rad². */
    lean: (state) => pitch(state) ** 2,
    /** Sum of squared actions. */
    control: ({ action }) => sumOfSquares(action),
  },
  weights: { forward: 2, alive: 1, lean: -5, control: -0.001 },
  fallen: (state) => state.body.positions[1]! < 0.7 || Math.abs(pitch(state)) > 0.4,
  startNoise: { jointValues: 0.02, jointRates: 0.05, lean: 0.01, velocity: 0.05 },
  solved: { survivedFraction: 0.98, forwardSpeed: 1.6 },
};
