import type { SimpleTask } from "./simpleEnv.js";

const GRAVITY = 9.8; // m/s²
const DT = 0.2; // s
const MAX_SPEEDS = [4 * Math.PI, 9 * Math.PI] as const; // rad/s

/**
 * Acrobot-v1 of Gymnasium (`classic_control/acrobot.py`, after Sutton 1996, with the equations of the book): swing the tip
 * of two links over a line by pushing at the joint between them, with −1, 0 or 1 N·m. Both links are 1 m and 1 kg, their
 * centres of mass in the middle, their inertia 1 kg·m². The state is θ₁, θ₂, ω₁, ω₂, all 0 where both hang down.
 */
export const acrobot: SimpleTask = {
  observationSize: 6,
  actionSpec: { continuous: 0, discrete: [3] },
  stateSize: 4,
  timeLimit: 500,
  start: (state, random) => {
    for (let i = 0; i < 4; i++) state[i] = random.uniform(-0.1, 0.1);
  },
  step: (state, action) => {
    const next = rungeKutta([...state], action[0]! - 1);
    state[0] = wrap(next[0]!);
    state[1] = wrap(next[1]!);
    state[2] = clip(next[2]!, MAX_SPEEDS[0]);
    state[3] = clip(next[3]!, MAX_SPEEDS[1]);
    const terminated = -Math.cos(state[0]) - Math.cos(state[1] + state[0]) > 1;
    return { reward: terminated ? 0 : -1, terminated };
  },
  observe: ([first, second, ...speeds], out) =>
    out.set([Math.cos(first!), Math.sin(first!), Math.cos(second!), Math.sin(second!), ...speeds]),
};

/** One step of the classical method of fourth order. */
function rungeKutta(state: readonly number[], torque: number): number[] {
  const at = (k: readonly number[], h: number) => state.map((value, i) => value + h * k[i]!);
  const k1 = acrobotDerivative(state, torque);
  const k2 = acrobotDerivative(at(k1, DT / 2), torque);
  const k3 = acrobotDerivative(at(k2, DT / 2), torque);
  const k4 = acrobotDerivative(at(k3, DT), torque);
  return state.map((value, i) => value + (DT / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!));
}

/** Of θ₁, θ₂, ω₁, ω₂. */
export function acrobotDerivative(state: readonly number[], torque: number): number[] {
  const [first, second, w1, w2] = state as [number, number, number, number];
  const [cos, sin] = [Math.cos(second), Math.sin(second)];
  // d₁ = m₁ l_c² + m₂ (l² + l_c² + 2 l l_c cos θ₂) + I₁ + I₂, d₂ = m₂ (l_c² + l l_c cos θ₂) + I₂
  const d1 = 0.25 + (1 + 0.25 + cos) + 2;
  const d2 = 0.25 + 0.5 * cos + 1;
  const phi2 = 0.5 * GRAVITY * Math.cos(first + second - Math.PI / 2);
  const phi1 = -0.5 * w2 * w2 * sin - w2 * w1 * sin + 1.5 * GRAVITY * Math.cos(first - Math.PI / 2) + phi2;
  const a2 = (torque + (d2 / d1) * phi1 - 0.5 * w1 * w1 * sin - phi2) / (0.25 + 1 - (d2 * d2) / d1);
  const a1 = -(d2 * a2 + phi1) / d1;
  return [w1, w2, a1, a2];
}

function wrap(angle: number): number {
  const turn = 2 * Math.PI;
  return ((((angle + Math.PI) % turn) + turn) % turn) - Math.PI;
}

function clip(value: number, bound: number): number {
  return Math.max(-bound, Math.min(bound, value));
}
