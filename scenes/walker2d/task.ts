import { reward } from "../../src/task/rewards/library.js";
import { lean } from "../../src/task/rewards/motion.js";
import type { TaskDefinition } from "../../src/task/task.js";

/** Walk forward, stay up, keep the torso upright: Gymnasium's Walker2d-v5 with a term for the lean and a fastest speed. */
export const walker2dTask: TaskDefinition = {
  episodeSeconds: 10,
  rewards: {
    forward: reward("forward", { fastest: 2.5 }),
    alive: reward("alive"),
    lean: (state) => lean(state) ** 2,
    effort: reward("effort"),
  },
  weights: { forward: 2, alive: 1, lean: -2, effort: -0.001 },
  fallen: (state) => state.body.positions[1]! < 0.8 || Math.abs(lean(state)) > 0.8,
  startNoise: { jointValues: 0.02, jointRates: 0.05, lean: 0.01, velocity: 0.05 },
  solved: { survivedFraction: 0.98, forwardSpeed: 2.1 },
};
