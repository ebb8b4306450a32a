import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import type { ConstraintAxis, ConstraintHandle } from "./engineCalls.js";
import type { JointKind, LimitSpec } from "./spec.js";

/** The constraint axes that a joint's values run along, in the order of the values. */
export function openAxes(havok: HavokPhysicsWithBindings, kind: JointKind): ConstraintAxis[] {
  const { ANGULAR_X, ANGULAR_Y, ANGULAR_Z, LINEAR_X } = havok.ConstraintAxis;
  switch (kind) {
    case "hinge":
      return [ANGULAR_X];
    case "universal":
      return [ANGULAR_X, ANGULAR_Y];
    case "spherical":
      return [ANGULAR_X, ANGULAR_Y, ANGULAR_Z];
    case "slider":
      return [LINEAR_X];
    case "fixed":
      return [];
  }
}

/** Opens, limits or locks the six axes of a joint's constraint. */
export function configureAxes(
  havok: HavokPhysicsWithBindings,
  constraint: ConstraintHandle,
  kind: JointKind,
  limits: readonly LimitSpec[] | undefined,
): void {
  const { ConstraintAxis, ConstraintAxisLimitMode } = havok;
  const { LINEAR_X, LINEAR_Y, LINEAR_Z, ANGULAR_X, ANGULAR_Y, ANGULAR_Z } = ConstraintAxis;
  const open = openAxes(havok, kind);
  for (const axis of [LINEAR_X, LINEAR_Y, LINEAR_Z, ANGULAR_X, ANGULAR_Y, ANGULAR_Z]) {
    const limit = limits?.[open.indexOf(axis)];
    if (!open.includes(axis)) havok.HP_Constraint_SetAxisMode(constraint, axis, ConstraintAxisLimitMode.LOCKED);
    else if (limit) {
      havok.HP_Constraint_SetAxisMode(constraint, axis, ConstraintAxisLimitMode.LIMITED);
      havok.HP_Constraint_SetAxisMinLimit(constraint, axis, limit[0]);
      havok.HP_Constraint_SetAxisMaxLimit(constraint, axis, limit[1]);
    }
  }
}
