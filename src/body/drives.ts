import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import { InputError } from "../inputError.js";
import { openAxes } from "./constraintAxes.js";
import type { ConstraintHandle, EngineCalls } from "./engineCalls.js";
import type { EngineMotors, MotorAxis } from "./engineMotors.js";
import { perSpec } from "./perSpec.js";
import { type BodySpec, DEGREES_OF_FREEDOM, type DriveSpec, type LimitSpec } from "./spec.js";

/** A torque is a velocity motor that never reaches its target speed and is cut at the wanted torque. */
const UNREACHABLE_SPEED = 1e4;

/** rad */
const FARTHEST_FREE_TARGET = 2.5;

/** A degree of freedom with a drive, as the specification has it. */
interface DrivenValue {
  /** Number of the joint, and of the degree of freedom in it. */
  readonly joint: number;
  readonly index: number;
  readonly spec: DriveSpec;
  readonly limit: LimitSpec | null;
  /** What a position drive is told stays between these, rad (m). */
  readonly low: number;
  readonly high: number;
}

/** By their number among all degrees of freedom, with null for those whose joint is passive, and among those driven. */
const drivenValuesOf = perSpec(({ joints }) => {
  const all = joints.flatMap(({ kind, drives, limits }, joint) => {
    // A target beyond a limit would press against it. A spring that overshoots ±π turns for ever, so a joint without
    // limits keeps its distance.
    const widest = kind === "slider" ? Number.POSITIVE_INFINITY : FARTHEST_FREE_TARGET;
    return Array.from({ length: DEGREES_OF_FREEDOM[kind] }, (_, index): DrivenValue | null => {
      const spec = drives?.[index];
      const limit = limits?.[index] ?? null;
      const [low, high] = limit ?? [-widest, widest];
      return spec ? { joint, index, spec, limit, low, high } : null;
    });
  });
  return { all, driven: all.filter((value) => value !== null) };
});

/**
 * The drives of a body by their number among them. What changes lies side by side in arrays: actuators and sensors go
 * through all of it at every decision of every agent.
 */
export class DriveBank {
  /** One per degree of freedom; null where the joint is passive. */
  readonly drives: readonly (Drive | null)[];
  /** What each drive was last told: torque in N·m, target in rad or in rad/s, after its limits. */
  readonly targets: Float64Array;
  /** Share of `maxTorque` that each may use; NaN while nobody has said, and it may use all. */
  readonly shares: Float64Array;
  private readonly values: readonly DrivenValue[];
  private readonly axes: readonly MotorAxis[];
  private readonly motors: EngineMotors;
  /** Factors on what is specified; see `scaleStrength`. */
  private readonly strengths: Float64Array;
  /** The speeds that torque drives were last told to reach. */
  private readonly speeds: Float64Array;

  /** @param constraints of the body's joints */
  constructor(
    private readonly havok: HavokPhysicsWithBindings,
    calls: EngineCalls,
    spec: BodySpec,
    constraints: readonly ConstraintHandle[],
  ) {
    const { all, driven } = drivenValuesOf(spec);
    this.values = driven;
    this.axes = this.values.map(({ joint, index }) => ({
      constraint: constraints[joint]!,
      axis: openAxes(havok, spec.joints[joint]!.kind)[index]!,
    }));
    this.motors = calls.motors(this.axes);
    const count = this.values.length;
    this.targets = new Float64Array(count);
    this.shares = new Float64Array(count).fill(Number.NaN);
    this.strengths = new Float64Array(count);
    this.speeds = new Float64Array(count);
    let next = 0;
    this.drives = all.map((value) => (value ? new Drive(this, next++, value.spec, value.limit) : null));
    const { ConstraintMotorType } = havok;
    this.values.forEach(({ spec: { kind } }, i) => {
      const { constraint, axis } = this.axes[i]!;
      const type = kind === "position" ? ConstraintMotorType.SPRING_FORCE : ConstraintMotorType.VELOCITY;
      havok.HP_Constraint_SetAxisMotorType(constraint, axis, type);
      if (kind === "torque") this.motors.setMaxForce(i, 0);
      this.scaleStrength(i, 1);
    });
  }

  /** See `Drive.scaleStrength`. */
  scaleStrength(drive: number, factor: number): void {
    const { havok } = this;
    const { spec } = this.values[drive]!;
    const { constraint, axis } = this.axes[drive]!;
    this.strengths[drive] = factor;
    if (spec.kind === "position") {
      havok.HP_Constraint_SetAxisMotorStiffness(constraint, axis, factor * spec.stiffness);
      havok.HP_Constraint_SetAxisMotorDamping(constraint, axis, factor * spec.damping);
    }
    if (spec.kind !== "torque") this.motors.setMaxForce(drive, factor * spec.maxTorque);
  }

  /** See `Drive.apply`. */
  apply(drive: number, control: number): void {
    const { motors, targets } = this;
    const { spec, low, high } = this.values[drive]!;
    if (spec.kind === "position") {
      const target = Math.max(low, Math.min(high, control));
      targets[drive] = target;
      // Spring motors listen to the position target only.
      motors.setPositionTarget(drive, target);
    } else if (spec.kind === "torque") {
      const speed = control < 0 ? -UNREACHABLE_SPEED : UNREACHABLE_SPEED;
      if (speed !== this.speeds[drive]) motors.setTarget(drive, speed);
      this.speeds[drive] = speed;
      const torque = this.strengths[drive]! * Math.max(-spec.maxTorque, Math.min(spec.maxTorque, control));
      targets[drive] = torque;
      motors.setMaxForce(drive, Math.abs(torque));
    } else {
      const target = Math.max(-spec.maxVelocity, Math.min(spec.maxVelocity, control));
      targets[drive] = target;
      motors.setTarget(drive, target);
    }
  }

  /** See `Drive.limitTorque`. */
  limitTorque(drive: number, share: number): void {
    this.shares[drive] = share;
    this.motors.setMaxForce(drive, this.strengths[drive]! * share * this.values[drive]!.spec.maxTorque);
  }

  /** See `Drive.torque`. */
  torque(drive: number, value: number, rate: number): number {
    const { spec } = this.values[drive]!;
    const target = this.targets[drive]!;
    if (spec.kind === "torque") return target;
    if (spec.kind === "velocity") return Number.NaN;
    const torque = spec.stiffness * (target - value) - spec.damping * rate;
    const share = this.shares[drive]!;
    const most = Number.isNaN(share) ? spec.maxTorque : share * spec.maxTorque;
    return this.strengths[drive]! * Math.max(-most, Math.min(most, torque));
  }

  /** What a drive is told at the start of an episode: no torque, no speed, or to stay at the joint's value. */
  rest(drive: number, jointValue: number): void {
    if (!Number.isNaN(this.shares[drive]!)) this.limitTorque(drive, 1);
    this.shares[drive] = Number.NaN;
    this.apply(drive, this.values[drive]!.spec.kind === "position" ? jointValue : 0);
  }

  dispose(): void {
    this.motors.dispose();
  }
}

/** The motor of one degree of freedom. */
export class Drive {
  constructor(
    private readonly bank: DriveBank,
    /** Its number in the bank. */
    readonly number: number,
    readonly spec: DriveSpec,
    readonly limit: LimitSpec | null,
  ) {}

  /** What the drive was last told: torque in N·m, target in rad or in rad/s, after its limits. */
  get target(): number {
    return this.bank.targets[this.number]!;
  }

  /** Share of `maxTorque` that the drive was last allowed; 0 as well while nobody has said, when it may use all. */
  get share(): number {
    return this.bank.shares[this.number]! || 0;
  }

  /** @param control torque in N·m, target in rad or target in rad/s, by the kind of the drive. */
  apply(control: number): void {
    this.bank.apply(this.number, control);
  }

  /** Lets a position or velocity drive use no more than this share (0 … 1) of its `maxTorque`, until it rests. */
  limitTorque(share: number): void {
    this.bank.limitTorque(this.number, share);
  }

  /** Makes the drive stronger or weaker by this factor of what is specified: torque, stiffness and damping. */
  scaleStrength(factor: number): void {
    this.bank.scaleStrength(this.number, factor);
  }

  /**
   * Torque on the joint, N·m (N for a slider), when it has this value (rad) and rate (rad/s). Exact for torque drives; for
   * position drives the law of their spring and damper, which the engine's solver follows closely. A velocity drive's
   * torque is whatever its target needs: NaN.
   */
  torque(value: number, rate: number): number {
    return this.bank.torque(this.number, value, rate);
  }

  /** What a drive is told at the start of an episode: no torque, no speed, or to stay at the joint's value. */
  rest(jointValue: number): void {
    this.bank.rest(this.number, jointValue);
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
