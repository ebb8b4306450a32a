import type { SimpleTask } from "./simpleEnv.js";

/** Steps of an episode of {@link drill}. */
export const DRILL_STEPS = 4;

/**
 * Four steps, then truncated; the observation is the number of the step, the reward is −(a − step/4)² and 1 for option 0
 * in even steps and 1 in odd ones. Nothing is random, so that after whole episodes the environment is as after a reset.
 */
export const drill: SimpleTask = {
  observationSize: 1,
  actionSpec: { continuous: 1, discrete: [2] },
  stateSize: 1,
  timeLimit: DRILL_STEPS,
  start: () => {},
  step: (state, action) => {
    const step = state[0]!++;
    const reward = (action[1] === step % 2 ? 1 : 0) - (action[0]! - step / DRILL_STEPS) ** 2;
    return { reward, terminated: false };
  },
  observe: (state, out) => out.set(state),
};
