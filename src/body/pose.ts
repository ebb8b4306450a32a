import { kinematicsOf } from "./kinematics.js";
import { shapeCenter } from "./massProperties.js";
import { perSpec } from "./perSpec.js";
import { type BodySpec, DEGREES_OF_FREEDOM, type Quat, type Vec3 } from "./spec.js";
import { add, axisAngle, IDENTITY, multiply, rotate } from "./vector.js";

/** A body's configuration: the root part's own motion and one value (rad or m) and rate per degree of freedom. */
export interface Pose {
  /** World position of the root part's centre, m. */
  readonly position: Vec3;
  readonly rotation: Quat;
  /** One value per degree of freedom, in the order of the joints. */
  readonly joints: ArrayLike<number>;
  /** m/s and rad/s, in the world frame. Default at rest. */
  readonly linearVelocity?: Vec3;
  readonly angularVelocity?: Vec3;
  readonly jointVelocities?: ArrayLike<number>;
}

/** World transform and velocity of one part. */
export interface PartState {
  readonly position: Vec3;
  readonly rotation: Quat;
  readonly linearVelocity: Vec3;
  readonly angularVelocity: Vec3;
}

/** Joint values in which the body starts an episode, `[degrees of freedom]`. */
export const startJointValues = perSpec((spec): readonly number[] =>
  spec.joints.flatMap(
    (joint) => spec.startPose?.[joint.name] ?? new Array<number>(DEGREES_OF_FREEDOM[joint.kind]).fill(0),
  ),
);

/** Where every part is and how it moves. */
export function forwardKinematics(spec: BodySpec, pose: Pose): PartState[] {
  const { positions, rotations, linearVelocities, angularVelocities } = kinematicsOf(spec).place(pose);
  const vector = (array: Float64Array, part: number): Vec3 => {
    const i = part * 3;
    return [array[i]!, array[i + 1]!, array[i + 2]!];
  };
  return spec.parts.map((_, part) => {
    const q = part * 4;
    return {
      position: vector(positions, part),
      rotation: [rotations[q]!, rotations[q + 1]!, rotations[q + 2]!, rotations[q + 3]!],
      linearVelocity: vector(linearVelocities, part),
      angularVelocity: vector(angularVelocities, part),
    };
  });
}

function isVertical([x, , z]: Vec3): boolean {
  return x === 0 && z === 0;
}

export interface StandingOptions {
  /** Point of the ground under the root part. Default the origin. */
  readonly ground?: Vec3;
  /** Turn about the vertical, rad. Default 0. */
  readonly yaw?: number;
  /** A further turn of the whole body, after `yaw`. Default none. */
  readonly lean?: Quat;
  /** Free space under the lowest point, m. Default 0. */
  readonly clearance?: number;
}

const ORIGIN: Vec3 = [0, 0, 0];
const UP: Vec3 = [0, 1, 0];

/**
 * The pose with the given joint values in which the body, upright but for its `lean`, just touches the ground. A fixed root stays at the
 * height at which it is drawn, wherever the ground is; so does one in a level plane.
 */
export function standingPose(spec: BodySpec, joints: ArrayLike<number>, options: StandingOptions = {}): Pose {
  const { ground = ORIGIN, yaw = 0, lean = IDENTITY, clearance = 0 } = options;
  const rotation = multiply(lean, axisAngle(UP, yaw));
  if (spec.root.kind === "fixed" || (spec.root.kind === "planar" && isVertical(spec.root.normal))) {
    return { position: add(ground, rotate(rotation, shapeCenter(spec.parts[0]!.shape))), rotation, joints };
  }
  const lowest = kinematicsOf(spec).place({ position: ORIGIN, rotation, joints }).lowestPoint();
  return { position: add(ground, [0, clearance - lowest, 0]), rotation, joints };
}
