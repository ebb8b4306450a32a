import type { SimpleTask } from "./simpleEnv.js";

const POWER = 0.0015;
const MAX_SPEED = 0.07;
const [LEFT, RIGHT] = [-1.2, 0.6];
const GOAL = 0.45;

/**
 * MountainCarContinuous-v0 of Gymnasium (`classic_control/continuous_mountain_car.py`, after Moore 1990): a weak engine has
 * to swing a car out of a valley. The state is position and speed; the action is the throttle. 100 for the goal, and each
 * step costs a tenth of the square of the throttle.
 */
export const mountainCarContinuous: SimpleTask = {
  observationSize: 2,
  actionSpec: { continuous: 1, discrete: [] },
  stateSize: 2,
  timeLimit: 999,
  start: (state, random) => {
    state[0] = random.uniform(-0.6, -0.4);
    state[1] = 0;
  },
  step: (state, action) => {
    const throttle = action[0]!;
    const speed = state[1]! + throttle * POWER - 0.0025 * Math.cos(3 * state[0]!);
    state[1] = Math.max(-MAX_SPEED, Math.min(MAX_SPEED, speed));
    state[0] = Math.max(LEFT, Math.min(RIGHT, state[0]! + state[1]));
    if (state[0] === LEFT && state[1] < 0) state[1] = 0;
    const terminated = state[0] >= GOAL && state[1] >= 0;
    return { reward: (terminated ? 100 : 0) - 0.1 * throttle ** 2, terminated };
  },
  observe: (state, out) => out.set(state),
};
