import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import { InputError } from "../inputError.js";
import type { ConstraintAxis, ConstraintHandle, EngineCalls, EngineMotor } from "./engineCalls.js";
import { type BodySpec, DEGREES_OF_FREEDOM, type DriveSpec, type JointKind, type LimitSpec } from "./spec.js";

/** A torque is a velocity motor that never reaches its target speed and is cut at the wanted torque. */
const UNREACHABLE_SPEED = 1e4;

/** rad */
const FARTHEST_FREE_TARGET = 2.5;

/** The constraint axes that a joint's values run along, in the order of the values. */
function openAxes(havok: HavokPhysicsWithBindings, kind: JointKind): ConstraintAxis[] {
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

/** The motor of one degree of freedom. `apply` is what actuators call, once per decision. */
export class Drive {
  private readonly motor: EngineMotor;
  private readonly low: number;
  private readonly high: number;
  /** What the drive was last told: torque in N·m, target in rad or in rad/s, after its limits. */
  target = 0;
  /** Factor on what is specified; see `scaleStrength`. */
  private strength = 1;
  private readonly axis: ConstraintAxis;
  /** Share of `maxTorque` that the drive was last allowed; 0 as well while nobody has said, when it may use all. */
  share = 0;
  /** Whether somebody has said; see `limitTorque`. */
  private limited = false;
  /** The speed that a torque drive was last told to reach. */
  private speed = 0;

  constructor(
    private readonly havok: HavokPhysicsWithBindings,
    calls: EngineCalls,
    private readonly constraint: ConstraintHandle,
    kind: JointKind,
    index: number,
    readonly spec: DriveSpec,
    readonly limit: LimitSpec | null,
  ) {
    const axis = openAxes(havok, kind)[index]!;
    this.axis = axis;
    this.motor = calls.motor(constraint, axis);
    // A target beyond a limit would press against it. A spring that overshoots ±π turns for ever, so a joint without
    // limits keeps its distance.
    const widest = kind === "slider" ? Number.POSITIVE_INFINITY : FARTHEST_FREE_TARGET;
    this.low = limit?.[0] ?? -widest;
    this.high = limit?.[1] ?? widest;
    const { ConstraintMotorType } = havok;
    if (spec.kind === "position") {
      havok.HP_Constraint_SetAxisMotorType(constraint, axis, ConstraintMotorType.SPRING_FORCE);
      havok.HP_Constraint_SetAxisMotorStiffness(constraint, axis, spec.stiffness);
      havok.HP_Constraint_SetAxisMotorDamping(constraint, axis, spec.damping);
      havok.HP_Constraint_SetAxisMotorMaxForce(constraint, axis, spec.maxTorque);
    } else {
      havok.HP_Constraint_SetAxisMotorType(constraint, axis, ConstraintMotorType.VELOCITY);
      havok.HP_Constraint_SetAxisMotorMaxForce(constraint, axis, spec.kind === "velocity" ? spec.maxTorque : 0);
    }
  }

  /** Makes the drive stronger or weaker by this factor of what is specified: torque, stiffness and damping. */
  scaleStrength(factor: number): void {
    const { havok, constraint, axis, spec } = this;
    this.strength = factor;
    if (spec.kind === "position") {
      havok.HP_Constraint_SetAxisMotorStiffness(constraint, axis, factor * spec.stiffness);
      havok.HP_Constraint_SetAxisMotorDamping(constraint, axis, factor * spec.damping);
    }
    if (spec.kind !== "torque") havok.HP_Constraint_SetAxisMotorMaxForce(constraint, axis, factor * spec.maxTorque);
  }

  /** @param control torque in N·m, target in rad or target in rad/s, by the kind of the drive. */
  apply(control: number): void {
    const { motor, spec } = this;
    if (spec.kind === "torque") {
      const speed = control < 0 ? -UNREACHABLE_SPEED : UNREACHABLE_SPEED;
      if (speed !== this.speed) motor.setTarget(speed);
      this.speed = speed;
      this.target = this.strength * Math.max(-spec.maxTorque, Math.min(spec.maxTorque, control));
      motor.setMaxForce(Math.abs(this.target));
    } else if (spec.kind === "position") {
      // Spring motors listen to the position target only.
      this.target = Math.max(this.low, Math.min(this.high, control));
      motor.setPositionTarget(this.target);
    } else {
      this.target = Math.max(-spec.maxVelocity, Math.min(spec.maxVelocity, control));
      motor.setTarget(this.target);
    }
  }

  /** Lets a position or velocity drive use no more than this share (0 … 1) of its `maxTorque`, until it rests. */
  limitTorque(share: number): void {
    this.share = share;
    this.limited = true;
    this.motor.setMaxForce(this.strength * share * this.spec.maxTorque);
  }

  /**
   * Torque on the joint, N·m (N for a slider), when it has this value (rad) and rate (rad/s). Exact for torque drives; for
   * position drives the law of their spring and damper, which the engine's solver follows closely. A velocity drive's
   * torque is whatever its target needs: NaN.
   */
  torque(value: number, rate: number): number {
    const { spec, target } = this;
    if (spec.kind === "torque") return target;
    if (spec.kind === "velocity") return Number.NaN;
    const torque = spec.stiffness * (target - value) - spec.damping * rate;
    const most = this.limited ? this.share * spec.maxTorque : spec.maxTorque;
    return this.strength * Math.max(-most, Math.min(most, torque));
  }

  /** What a drive is told at the start of an episode: no torque, no speed, or to stay at the joint's value. */
  rest(jointValue: number): void {
    if (this.limited) this.limitTorque(1);
    this.limited = false;
    this.share = 0;
    this.apply(this.spec.kind === "position" ? jointValue : 0);
  }
}

/**
 * The drives of one joint of a body.
 * @throws InputError when there is no such joint, or it is passive
 */
export function drivesOfJoint(body: DrivenBody, name: string): readonly Drive[] {
  let offset = 0;
  for (const joint of body.spec.joints) {
    const count = DEGREES_OF_FREEDOM[joint.kind];
    const drives = body.drives.slice(offset, offset + count).filter((drive) => drive !== null);
    if (joint.name === name && drives.length > 0) return drives;
    offset += count;
  }
  throw new InputError(`Body "${body.spec.name}" has no joint "${name}" with drives.`);
}

interface DrivenBody {
  readonly spec: BodySpec;
  readonly drives: readonly (Drive | null)[];
}
