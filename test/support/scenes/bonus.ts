import hopper from "../../../scenes/hopper/index.js";
import { defineScene } from "../../../src/task/scene.js";

/** The Hopper, but all that it earns in a control step is its parameter, and each episode is over after 0.1 s. */
export default defineScene({
  ...hopper,
  task: {
    episodeSeconds: 0.1,
    rewards: { bonus: ({ parameters }) => parameters.getWithDefault("bonus", -1) },
    weights: { bonus: 1 },
    fallen: () => false,
    parameters: { bonus: 0 },
  },
});
