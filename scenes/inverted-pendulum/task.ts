import { reward } from "../../src/task/rewards/library.js";
import type { TaskDefinition } from "../../src/task/task.js";

/** Keep the pole within 0.2 rad of upright: Gymnasium's InvertedPendulum-v5, with wider starts so that there is work to do. */
export const invertedPendulumTask: TaskDefinition = {
  episodeSeconds: 20,
  rewards: { alive: reward("alive"), effort: reward("effort") },
  weights: { alive: 1, effort: -0.01 },
  fallen: ({ body }) => Math.abs(body.jointValues[1]!) > 0.2,
  startNoise: { jointValues: 0.05, jointRates: 0.05 },
  solved: { survivedFraction: 1 },
};
