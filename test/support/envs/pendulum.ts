import type { SimpleTask } from "./simpleEnv.js";

const GRAVITY = 10; // m/s²
const LENGTH = 1; // m
const MASS = 1; // kg
const DT = 0.05; // s
const MAX_SPEED = 8; // rad/s
const MAX_TORQUE = 2; // N·m

/**
 * Pendulum-v1 of Gymnasium (`classic_control/pendulum.py`): swing a rod up and hold it there. The state is θ, which is 0
 * upright, and ω; the action is the torque over its maximum.
 */
export const pendulum: SimpleTask = {
  observationSize: 3,
  actionSpec: { continuous: 1, discrete: [] },
  stateSize: 2,
  timeLimit: 200,
  start: (state, random) => {
    state[0] = random.uniform(-Math.PI, Math.PI);
    state[1] = random.uniform(-1, 1);
  },
  step: (state, action) => {
    const [angle, speed] = state as unknown as [number, number];
    const torque = MAX_TORQUE * action[0]!;
    const cost = wrap(angle) ** 2 + 0.1 * speed ** 2 + 0.001 * torque ** 2;
    // ω̇ = 3g/(2l) sin θ + 3/(m l²) u
    const acceleration = ((3 * GRAVITY) / (2 * LENGTH)) * Math.sin(angle) + (3 / (MASS * LENGTH ** 2)) * torque;
    state[1] = Math.max(-MAX_SPEED, Math.min(MAX_SPEED, speed + acceleration * DT));
    state[0] = angle + state[1] * DT;
    return { reward: -cost, terminated: false };
  },
  observe: ([angle, speed], out) => out.set([Math.cos(angle!), Math.sin(angle!), speed!]),
};

/** The same angle in [−π, π). */
function wrap(angle: number): number {
  const turn = 2 * Math.PI;
  return ((((angle + Math.PI) % turn) + turn) % turn) - Math.PI;
}
