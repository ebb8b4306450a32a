import { reward } from "../../src/task/rewards/library.js";
import type { TaskDefinition, TaskState } from "../../src/task/task.js";

/** Cosine of the pole's angle from upright: 1 upright, −1 hanging. */
const upright = ({ body }: TaskState) => Math.cos(body.jointValues[1]!);

/** cos 0.3 rad */
const UPRIGHT = 0.955;

/** Swing a hanging pole up and keep it there: cart-pole swing-up (Barto, Sutton and Anderson 1983 begin upright). */
export const cartPoleTask: TaskDefinition = {
  episodeSeconds: 20,
  rewards: {
    upright,
    /** Square of the cart's distance from the middle of its rail, m². */
    distance: ({ body }) => body.jointValues[0]! ** 2,
    /** Square of the pole's rate while it is up, rad²/s². */
    spin: (state) => (upright(state) > UPRIGHT ? state.body.jointRates[1]! ** 2 : 0),
    effort: reward("effort"),
  },
  weights: { upright: 1, distance: -0.1, spin: -0.02, effort: -0.01 },
  fallen: () => false,
  measures: {
    /** Share of the episode's second half with the pole within 0.3 rad of upright. */
    uprightFraction: (state) => (state.seconds > 10 ? Number(upright(state) > UPRIGHT) : Number.NaN),
  },
  startNoise: { jointValues: 0.1, jointRates: 0.1 },
  solved: { measures: { uprightFraction: 0.97 } },
};
