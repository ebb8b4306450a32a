import type { SimpleTask } from "./simpleEnv.js";

// Reward 1 for repeating the observation, in episodes of 100 steps that are truncated: the environments of
// Stable-Baselines3 (`common/envs/identity_env.py`), so the best return is 100.

const EPISODE_STEPS = 100;

/** One or more choices among `options`, seen as one 1 among 0s for each branch. */
export function identityDiscrete(options: number, branches = 1): SimpleTask {
  const choose = (state: Float64Array, random: { integer(count: number): number }) => {
    for (let branch = 0; branch < branches; branch++) state[branch] = random.integer(options);
  };
  return {
    observationSize: options * branches,
    actionSpec: { continuous: 0, discrete: new Array<number>(branches).fill(options) },
    stateSize: branches,
    timeLimit: EPISODE_STEPS,
    start: choose,
    step: (state, action, random) => {
      const reward = state.every((wanted, branch) => action[branch] === wanted) ? 1 : 0;
      choose(state, random);
      return { reward, terminated: false };
    },
    observe: (state, out) => {
      out.fill(0);
      state.forEach((wanted, branch) => {
        out[branch * options + wanted] = 1;
      });
    },
  };
}

/** A number in [−1, 1], to be met within ± `tolerance`. */
export function identityBox(tolerance: number): SimpleTask {
  return {
    observationSize: 1,
    actionSpec: { continuous: 1, discrete: [] },
    stateSize: 1,
    timeLimit: EPISODE_STEPS,
    start: (state, random) => state.fill(random.uniform(-1, 1)),
    step: (state, action, random) => {
      const reward = Math.abs(action[0]! - state[0]!) <= tolerance ? 1 : 0;
      state[0] = random.uniform(-1, 1);
      return { reward, terminated: false };
    },
    observe: (state, out) => out.set(state),
  };
}
