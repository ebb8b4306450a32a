import type { SimpleTask } from "./simpleEnv.js";

const GRAVITY = 9.8; // m/s²
const CART_MASS = 1; // kg
const POLE_MASS = 0.1; // kg
const TOTAL_MASS = CART_MASS + POLE_MASS;
const HALF_LENGTH = 0.5; // of the pole, m
const FORCE = 10; // N
const DT = 0.02; // s
const MAX_POSITION = 2.4; // m
const MAX_ANGLE = (12 * 2 * Math.PI) / 360; // rad

/**
 * CartPole-v1 of Gymnasium (`classic_control/cartpole.py`, after Barto, Sutton and Anderson 1983): balance a pole by
 * pushing its cart to the left (0) or to the right (1). The state is x, ẋ, θ, θ̇. Reward 1 in every step.
 */
export const cartPole: SimpleTask = {
  observationSize: 4,
  actionSpec: { continuous: 0, discrete: [2] },
  stateSize: 4,
  timeLimit: 500,
  start: (state, random) => {
    for (let i = 0; i < 4; i++) state[i] = random.uniform(-0.05, 0.05);
  },
  step: (state, action) => {
    const [x, speed, angle, spin] = state as unknown as [number, number, number, number];
    const force = action[0] === 1 ? FORCE : -FORCE;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const push = (force + POLE_MASS * HALF_LENGTH * spin ** 2 * sin) / TOTAL_MASS;
    const inertia = HALF_LENGTH * (4 / 3 - (POLE_MASS * cos ** 2) / TOTAL_MASS);
    const angularAcceleration = (GRAVITY * sin - cos * push) / inertia;
    const acceleration = push - (POLE_MASS * HALF_LENGTH * angularAcceleration * cos) / TOTAL_MASS;
    // Explicit Euler: positions move with the speeds of before.
    state[0] = x + DT * speed;
    state[1] = speed + DT * acceleration;
    state[2] = angle + DT * spin;
    state[3] = spin + DT * angularAcceleration;
    return { reward: 1, terminated: Math.abs(state[0]) > MAX_POSITION || Math.abs(state[2]) > MAX_ANGLE };
  },
  observe: (state, out) => out.set(state),
};
