import type { TaskDefinition, TaskState } from "../../src/task/task.js";

/** Height of the tip above the fixed point, −2 … 2 m. */
function tipHeight({ body: { jointValues } }: TaskState): number {
  return -Math.cos(jointValues[0]!) - Math.cos(jointValues[0]! + jointValues[1]!);
}

/** Swing the tip one link's length above the fixed point (Sutton and Barto 2018, section 11.3), as soon as possible. */
export const acrobotTask: TaskDefinition = {
  episodeSeconds: 20,
  rewards: {
    /** How far the tip is from its highest place, m. Not to be there costs, so being quick pays. */
    distance: (state) => 2 - tipHeight(state),
  },
  weights: { distance: -0.1 },
  fallen: () => false,
  succeeded: (state) => tipHeight(state) > 1,
  startNoise: { jointValues: 0.1, jointRates: 0.1 },
  solved: { measures: { reached: 1 } },
};
