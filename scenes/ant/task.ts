import { reward } from "../../src/task/rewards/library.js";
import { uprightness } from "../../src/task/rewards/motion.js";
import type { TaskDefinition } from "../../src/task/task.js";

/**
 * Run along +z and keep that side of the torso up: Gymnasium's Ant-v5 without contact cost. The torso stands lower here
 * than MuJoCo's, whose heavy armature holds the legs stiff.
 */
export const antTask: TaskDefinition = {
  episodeSeconds: 20,
  rewards: {
    forward: reward("forward", { fastest: 3 }),
    alive: reward("alive"),
    heading: reward("heading"),
    effort: reward("effort"),
  },
  weights: { forward: 1, alive: 0.5, heading: 0.5, effort: -0.05 },
  fallen: (state) => uprightness(state, 0) < 0.2,
  startNoise: { jointValues: 0.1, jointRates: 0.1, lean: 0.1, yaw: 0.1, velocity: 0.1 },
  solved: { survivedFraction: 0.98, forwardSpeed: 1.7 },
};
