import { InputError } from "../inputError.js";
import { perSpec } from "./perSpec.js";

/**
 * A body as plain data. Everything is drawn once, in one frame, in the pose where all joint values are zero: shapes,
 * anchors and axes are given in that drawing. Units are SI and radians; the frame is Babylon's (y up, +z forward).
 */

/** x, y, z. */
export type Vec3 = readonly [number, number, number];
/** x, y, z, w. */
export type Quat = readonly [number, number, number, number];

export type ShapeSpec =
  | { readonly kind: "capsule"; readonly from: Vec3; readonly to: Vec3; readonly radius: number }
  | { readonly kind: "box"; readonly center: Vec3; readonly size: Vec3; readonly rotation?: Quat }
  | { readonly kind: "sphere"; readonly center: Vec3; readonly radius: number };

/** A rigid part. Its frame sits at the centre of its shape and has the drawing's axes in the zero pose. */
export interface PartSpec {
  readonly name: string;
  readonly shape: ShapeSpec;
  /** kg */
  readonly mass: number;
  /**
   * Principal moments of inertia about the shape's centre, kg·m². Along x, y, z of a box, of a sphere, and of a
   * capsule that stands on its `from` end (so the middle one belongs to the capsule's axis). Default: solid, uniform.
   */
  readonly inertia?: Vec3;
  /** kg·m² added to every principal moment; stands in for the rotor inertia ("armature") of a geared motor. Default 0. */
  readonly armature?: number;
  /**
   * Coefficient of friction; the engine takes the geometric mean of both surfaces, or what the other one's
   * `frictionCombine` says (Babylon's default is the smaller of the two). Default 0.8.
   */
  readonly friction?: number;
  /** Loss of linear velocity, 1/s. Default 0. */
  readonly linearDamping?: number;
  /** Loss of angular velocity, 1/s. Default 0.05. */
  readonly angularDamping?: number;
}

/**
 * How one degree of freedom is driven. Controls are what an actuator hands over:
 * - `torque`: control in N·m (N for a slider), cut at `maxTorque`;
 * - `position`: control is a target angle in rad (m), reached by a spring and damper whose torque is cut at `maxTorque`;
 * - `velocity`: control is a target in rad/s (m/s), held with at most `maxTorque`.
 */
export type DriveSpec =
  | { readonly kind: "torque"; readonly maxTorque: number }
  | {
      readonly kind: "position";
      /** N·m/rad */
      readonly stiffness: number;
      /** N·m·s/rad */
      readonly damping: number;
      readonly maxTorque: number;
    }
  | { readonly kind: "velocity"; readonly maxVelocity: number; readonly maxTorque: number };

/** Lower and upper limit of one degree of freedom, rad (m for a slider). */
export type LimitSpec = readonly [low: number, high: number];

/**
 * The rotation of the child against the parent, for joint values a, b, c about the axes X (`axis`), Y (`secondAxis`)
 * and Z = X × Y, is what Havok's own limits and motors use:
 * hinge Rx(a), universal Ry(b)·Rx(a), spherical Rx(a)·Ry(b)·Rz(c). A slider moves along X; a fixed joint has no value.
 *
 * Measured: the limits about Y and Z of a spherical joint are the ends of an ellipse's axes, so both cannot be reached
 * at once; and the springs of position drives meet a single angle exactly, but several at once only nearly (within
 * 0.05 rad for universal joints; for spherical ones they follow the rotation vector, within 0.1 rad).
 */
export type JointKind = "hinge" | "universal" | "spherical" | "slider" | "fixed";

export const DEGREES_OF_FREEDOM: Readonly<Record<JointKind, number>> = {
  hinge: 1,
  universal: 2,
  spherical: 3,
  slider: 1,
  fixed: 0,
};

export interface JointSpec {
  readonly name: string;
  readonly kind: JointKind;
  readonly parent: string;
  readonly child: string;
  /** Where the joint sits, in the drawing. */
  readonly anchor: Vec3;
  /** X axis of the joint, in the drawing. Default [1, 0, 0]. */
  readonly axis?: Vec3;
  /** Y axis of the joint, perpendicular to `axis`. Default: any perpendicular. */
  readonly secondAxis?: Vec3;
  /** One entry per degree of freedom; without it the joint is free. */
  readonly limits?: readonly LimitSpec[];
  /** One drive per degree of freedom; without it the joint is passive. */
  readonly drives?: readonly DriveSpec[];
}

/**
 * What holds the first part of the body: nothing (`free`), a plane through it whose normal is `normal` and in which it
 * can move and turn (`planar`), or the world itself (`fixed`). A root that cannot move up and down, because it is fixed or
 * its plane is level, stays at the height at which it is drawn.
 */
export type RootSpec =
  | { readonly kind: "free" }
  | { readonly kind: "planar"; readonly normal: Vec3 }
  | { readonly kind: "fixed" };

/** A fluid at rest that fills the world and resists every part; see `FluidForces`. */
export interface FluidSpec {
  /** kg/m³ */
  readonly density: number;
  /** Pa·s */
  readonly viscosity: number;
}

export interface BodySpec {
  readonly name: string;
  readonly root: RootSpec;
  /** The first part is the root; every other part hangs on an earlier one by exactly one joint. */
  readonly parts: readonly PartSpec[];
  /** Their order is the order of joint values in observations and of drives in actions. */
  readonly joints: readonly JointSpec[];
  /** Joint values of the pose in which episodes begin, by joint name; zero where not named. */
  readonly startPose?: Readonly<Record<string, readonly number[]>>;
  /** Names of the parts that are meant to touch the ground. */
  readonly feet?: readonly string[];
  /**
   * Parts that are left and right of each other; the others are their own images. The mirror is the plane x = 0 of the
   * drawing. See `mirrorOf`.
   */
  readonly mirror?: Readonly<Record<string, string>>;
  /** What the body moves in. Default nothing. */
  readonly fluid?: FluidSpec;
  /** Whether parts that no joint connects collide with each other. Default false. */
  readonly selfCollision?: boolean;
}

/** Total number of joint values. */
export function degreesOfFreedom(spec: BodySpec): number {
  return spec.joints.reduce((sum, joint) => sum + DEGREES_OF_FREEDOM[joint.kind], 0);
}

/** The number of the part of that name. @throws InputError when there is none */
export function partIndexOf({ name: body, parts }: BodySpec, name: string): number {
  const index = parts.findIndex((part) => part.name === name);
  if (index < 0) {
    const names = parts.map((part) => part.name).join(", ");
    throw new InputError(`Body "${body}" has no part "${name}"; its parts are ${names}.`);
  }
  return index;
}

/** A name for each joint value, `knee` or, where a joint has several, `hip.x`, `hip.y`, `hip.z`. */
export function degreeOfFreedomNames(spec: BodySpec): string[] {
  return spec.joints.flatMap((joint) => {
    const count = DEGREES_OF_FREEDOM[joint.kind];
    return count === 1 ? [joint.name] : ["x", "y", "z"].slice(0, count).map((axis) => `${joint.name}.${axis}`);
  });
}

/** The limit of each joint value, null where it is free. */
export const jointLimits = perSpec((spec): readonly (LimitSpec | null)[] =>
  spec.joints.flatMap<LimitSpec | null>(
    (joint) => joint.limits ?? new Array<null>(DEGREES_OF_FREEDOM[joint.kind]).fill(null),
  ),
);
