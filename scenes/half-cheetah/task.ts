import { reward } from "../../src/task/rewards/library.js";
import type { TaskDefinition } from "../../src/task/task.js";

/** Run forward, without wasting effort: Gymnasium's HalfCheetah-v5. It cannot fall, so nothing ends an episode early. */
export const halfCheetahTask: TaskDefinition = {
  episodeSeconds: 10,
  rewards: { forward: reward("forward"), effort: reward("effort") },
  weights: { forward: 1, effort: -0.1 },
  fallen: () => false,
  startNoise: { jointValues: 0.1, jointRates: 0.1, lean: 0.1, velocity: 0.1 },
  solved: { survivedFraction: 1, forwardSpeed: 5 },
};
