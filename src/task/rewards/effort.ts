import { massesOf } from "../../body/massProperties.js";
import { mirrorOf } from "../../body/mirror.js";
import { perSpec } from "../../body/perSpec.js";
import { sumOfSquares } from "../sumOfSquares.js";
import type { TaskState } from "../task.js";
import { defineTerm, plainTerm } from "./term.js";

/** Calls `visit` with torque (N·m), rate (rad/s) and strongest torque (N·m) of each driven joint value. */
function eachTorque(
  { body: { drives, jointValues, jointRates } }: TaskState,
  visit: (torque: number, rate: number, maxTorque: number) => void,
): void {
  for (let i = 0; i < drives.length; i++) {
    const drive = drives[i];
    if (!drive) continue;
    const torque = drive.torque(jointValues[i]!, jointRates[i]!);
    if (!Number.isNaN(torque)) visit(torque, jointRates[i]!, drive.spec.maxTorque);
  }
}

/** Mechanical power of all drives, Σ|τ·ω|, W. */
export function mechanicalPower(state: TaskState): number {
  let power = 0;
  eachTorque(state, (torque, rate) => {
    power += Math.abs(torque * rate);
  });
  return power;
}

export const effort = plainTerm("Sum of squared actions.", "1", ({ action }) => sumOfSquares(action));

export const actionRate = plainTerm(
  "Sum of squared changes of the action from one decision to the next.",
  "1",
  ({ action, previousAction }) => {
    let sum = 0;
    for (let i = 0; i < action.length; i++) sum += (action[i]! - previousAction[i]!) ** 2;
    return sum;
  },
);

export const torque = plainTerm("Sum of squared shares of each drive's strongest torque.", "1", (state) => {
  let sum = 0;
  eachTorque(state, (value, _, most) => {
    sum += (value / most) ** 2;
  });
  return sum;
});

export const power = plainTerm(
  "Mechanical power of all drives, Σ|torque × rate|, per kg of body mass.",
  "W/kg",
  (state) => mechanicalPower(state) / massesOf(state.body.spec).total,
);

export const jointRates = plainTerm("Sum of squared joint rates.", "rad²/s²", ({ body }) =>
  sumOfSquares(body.jointRates),
);

export const jointLimits = defineTerm({
  summary: "How far joints are beyond `margin` of the way from the middle of their range to its ends, summed.",
  unit: "rad",
  options: { margin: 0.9 },
  create:
    ({ margin }) =>
    ({ body: { limits, jointValues } }) => {
      let sum = 0;
      for (let i = 0; i < limits.length; i++) {
        const limit = limits[i];
        if (!limit) continue;
        const middle = (limit[0] + limit[1]) / 2;
        sum += Math.max(0, Math.abs(jointValues[i]! - middle) - (margin * (limit[1] - limit[0])) / 2);
      }
      return sum;
    },
});

export const posture = plainTerm(
  "Sum of squared distances of the joints from the start pose.",
  "rad²",
  ({ body: { jointValues, startValues } }) => {
    let sum = 0;
    for (let i = 0; i < jointValues.length; i++) sum += (jointValues[i]! - startValues[i]!) ** 2;
    return sum;
  },
);

const mirroredJointsOf = perSpec((spec) => mirrorOf(spec).joints);

export const symmetry = defineTerm({
  summary: "Sum of squared distances of the joints from their image in the mirror: 0 while left and right do the same.",
  unit: "rad²",
  options: {},
  check: mirrorOf,
  create:
    () =>
    ({ body }) => {
      const { sources, signs } = mirroredJointsOf(body.spec);
      let sum = 0;
      for (let i = 0; i < sources.length; i++) {
        sum += (body.jointValues[i]! - signs[i]! * body.jointValues[sources[i]!]!) ** 2;
      }
      return sum;
    },
});
