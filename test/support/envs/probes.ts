import type { SimpleTask } from "./simpleEnv.js";

// Environments so small that what there is to learn is known, each of which needs one part more of an algorithm than the
// one before (Andy Jones, "Debugging RL, Without the Agonizing Pain", 2021).

const TWO_ACTIONS = { continuous: 0, discrete: [2] };

const oneStep = {
  observationSize: 1,
  stateSize: 1,
  timeLimit: Number.POSITIVE_INFINITY,
  start: () => {},
  observe: (state: Float64Array, out: Float32Array) => out.set(state),
};

const randomSign = {
  ...oneStep,
  start: (state: Float64Array, random: { uniform(): number }) => state.fill(random.uniform() < 0.5 ? -1 : 1),
};

/** Reward 1, whatever is seen and done: only the critic has to work. V = 1. */
export const constantReward: SimpleTask = {
  ...oneStep,
  actionSpec: TWO_ACTIONS,
  step: () => ({ reward: 1, terminated: true }),
};

/** The reward is the observation, ±1: the critic has to use what it sees. V(s) = s. */
export const observedReward: SimpleTask = {
  ...randomSign,
  actionSpec: TWO_ACTIONS,
  step: ([sign]) => ({ reward: sign!, terminated: true }),
};

/** Two steps, observations 0 and 1, reward 1 at the end: rewards have to be discounted. V(0) = γ, V(1) = 1. */
export const delayedReward: SimpleTask = {
  ...oneStep,
  actionSpec: TWO_ACTIONS,
  step: (state) => {
    const last = state[0] === 1;
    state[0] = 1;
    return { reward: last ? 1 : 0, terminated: last };
  },
};

/** Reward −1 for the first action, 1 for the second: the policy has to learn. V → 1. */
export const chosenReward: SimpleTask = {
  ...oneStep,
  actionSpec: TWO_ACTIONS,
  step: (_, [action]) => ({ reward: action === 1 ? 1 : -1, terminated: true }),
};

/** Reward 1 for the action that the observation names, otherwise −1: the policy has to use what it sees. V → 1. */
export const matchedReward: SimpleTask = {
  ...randomSign,
  actionSpec: TWO_ACTIONS,
  step: ([sign], [action]) => ({ reward: (action === 1) === sign! > 0 ? 1 : -1, terminated: true }),
};

/** Steps of an episode of {@link steadyReward}. */
export const STEADY_STEPS = 4;

/**
 * Reward 0 in the first step and 1 in each after it; the observation is 1 at the place of the step, counted from 0, and
 * the fourth stands for all later ones. Every episode has four steps and is then terminated or truncated:
 *
 * - truncated, the last observation goes on to give 1 for ever: V = γ/(1 − γ) in the first step, 1/(1 − γ) later;
 * - terminated, there is nothing after it: V = 1, 1 + γ, 1 + γ + γ², and γ + γ² + γ³ in the first step.
 */
export function steadyReward(end: "terminated" | "truncated"): SimpleTask {
  return {
    observationSize: STEADY_STEPS,
    actionSpec: TWO_ACTIONS,
    stateSize: 1,
    timeLimit: STEADY_STEPS,
    start: () => {},
    observe: ([step], out) => {
      out.fill(0);
      out[Math.min(step!, STEADY_STEPS - 1)] = 1;
    },
    step: (state) => {
      const reward = state[0] === 0 ? 0 : 1;
      state[0]!++;
      return { reward, terminated: end === "terminated" && state[0] === STEADY_STEPS };
    },
  };
}
