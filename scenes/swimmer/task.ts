import { reward } from "../../src/task/rewards/library.js";
import type { TaskDefinition } from "../../src/task/task.js";

/** Swim forward without wasting effort: Gymnasium's Swimmer-v5. */
export const swimmerTask: TaskDefinition = {
  episodeSeconds: 20,
  rewards: { forward: reward("forward"), effort: reward("effort") },
  weights: { forward: 1, effort: -0.0001 },
  fallen: () => false,
  startNoise: { jointValues: 0.1, jointRates: 0.1, lean: 0.1, velocity: 0.1 },
};
