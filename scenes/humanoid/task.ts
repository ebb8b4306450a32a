import { reward } from "../../src/task/rewards/library.js";
import { uprightness } from "../../src/task/rewards/motion.js";
import type { TaskDefinition } from "../../src/task/task.js";

/** Run along +z without falling: Gymnasium's Humanoid-v5 without contact cost, with a term for facing that way. */
export const humanoidTask: TaskDefinition = {
  episodeSeconds: 20,
  rewards: {
    forward: reward("forward", { fastest: 2 }),
    alive: reward("alive"),
    heading: reward("heading"),
    upright: reward("upright"),
    effort: reward("effort"),
    "action-rate": reward("action-rate"),
  },
  weights: { forward: 1.25, alive: 1, heading: 0.3, upright: 0.3, effort: -0.01, "action-rate": -0.01 },
  fallen: (state) => state.body.positions[1]! < 1 || uprightness(state, 0) < 0.3,
  startNoise: { jointValues: 0.02, jointRates: 0.05, yaw: 0.1 },
  solved: { survivedFraction: 0.95, forwardSpeed: 1.2 },
};
