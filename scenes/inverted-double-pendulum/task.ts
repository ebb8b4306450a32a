import { reward } from "../../src/task/rewards/library.js";
import type { TaskDefinition, TaskState } from "../../src/task/task.js";

const LENGTH = 0.6;

/** Of the upper pole's tip above the cart, m; and its place along the rail. */
function tip({ body: { jointValues } }: TaskState): { x: number; y: number } {
  const [x, first, second] = jointValues as unknown as [number, number, number];
  return {
    x: x + LENGTH * (Math.sin(first) + Math.sin(first + second)),
    y: LENGTH * (Math.cos(first) + Math.cos(first + second)),
  };
}

/** Keep the tip of the upper pole above 1 m: Gymnasium's InvertedDoublePendulum-v5. */
export const invertedDoublePendulumTask: TaskDefinition = {
  episodeSeconds: 20,
  rewards: {
    alive: reward("alive"),
    /** 0.01 x² + (y − 2)², m², of the tip; the highest it gets is 1.2. */
    distance: (state) => {
      const { x, y } = tip(state);
      return 0.01 * x * x + (y - 2) ** 2;
    },
    /** 10⁻³ ω₁² + 5·10⁻³ ω₂², rad²/s². */
    rates: ({ body: { jointRates } }) => 1e-3 * jointRates[1]! ** 2 + 5e-3 * jointRates[2]! ** 2,
  },
  weights: { alive: 10, distance: -1, rates: -1 },
  fallen: (state) => tip(state).y <= 1,
  startNoise: { jointValues: 0.05, jointRates: 0.1 },
  solved: { survivedFraction: 1 },
};
