import type { TaskDefinition, TaskState } from "../../src/task/task.js";

/** Lean of the torso, rad; forward is positive. */
const pitch = ({ body }: TaskState) => 2 * Math.atan2(body.rotations[0]!, body.rotations[3]!);

/** Hop forward, stay up, do not waste torque: the reward terms of Gymnasium's Hopper-v5. */
export const hopperTask: TaskDefinition<"forward" | "alive" | "lean" | "control"> = {
  episodeSeconds: 10,
  rewards: {
    /** Mean forward speed over the control step, m/s. */
    forward: ({ body, previousRoot, dt }) => Math.min(2.2, (body.positions[2]! - previousRoot[2]!) / dt),
    alive: () => 1,
    /** Square of the torso's lean, rad². */
    lean: (state) => pitch(state) ** 2,
    /** Sum of squared actions. */
    control: ({ action }) => action.reduce((sum, a) => sum + a * a, 0),
  },
  weights: { forward: 1.5, alive: 0.5, lean: -5, control: -0.001 },
  fallen: (state) => state.body.positions[1]! < 0.7 || Math.abs(pitch(state)) > 0.4,
  startNoise: { jointValues: 0.02, jointRates: 0.05, lean: 0.01, velocity: 0.05 },
  solved: { survivedFraction: 0.97, forwardSpeed: 1.7 },
};
