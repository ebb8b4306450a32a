import { shapeCenter } from "./massProperties.js";
import { type BodySpec, DEGREES_OF_FREEDOM, type JointSpec, type Quat, type ShapeSpec, type Vec3 } from "./spec.js";
import { add, axisAngle, cross, IDENTITY, multiply, normalize, perpendicular, rotate, scale, subtract } from "./vector.js";

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

/** The joint's orthonormal axes X, Y and Z = X × Y, in the drawing. */
export function jointAxes(joint: JointSpec): readonly [Vec3, Vec3, Vec3] {
  const x = normalize(joint.axis ?? [1, 0, 0]);
  const y = joint.secondAxis ? normalize(joint.secondAxis) : perpendicular(x);
  return [x, y, cross(x, y)];
}

/** Joint values in which the body starts an episode, `[degrees of freedom]`. */
export function startJointValues(spec: BodySpec): number[] {
  return spec.joints.flatMap((joint) => {
    const values = spec.startPose?.[joint.name];
    return values ? [...values] : new Array<number>(DEGREES_OF_FREEDOM[joint.kind]).fill(0);
  });
}

/** Where every part is and how it moves, by going through the joints from the root outwards. */
export function forwardKinematics(spec: BodySpec, pose: Pose): PartState[] {
  const centers = new Map(spec.parts.map((part) => [part.name, shapeCenter(part.shape)]));
  const states = new Map<string, PartState>();
  states.set(spec.parts[0]!.name, {
    position: pose.position,
    rotation: pose.rotation,
    linearVelocity: pose.linearVelocity ?? [0, 0, 0],
    angularVelocity: pose.angularVelocity ?? [0, 0, 0],
  });
  let offset = 0;
  for (const joint of spec.joints) {
    const count = DEGREES_OF_FREEDOM[joint.kind];
    const values = Array.from({ length: count }, (_, i) => pose.joints[offset + i] ?? 0);
    const rates = Array.from({ length: count }, (_, i) => pose.jointVelocities?.[offset + i] ?? 0);
    offset += count;
    const parent = states.get(joint.parent)!;
    const motion = jointMotion(joint, values, rates);
    const rotation = multiply(parent.rotation, motion.rotation);
    const angularVelocity = add(parent.angularVelocity, rotate(parent.rotation, motion.angularVelocity));
    const toAnchor = rotate(parent.rotation, add(subtract(joint.anchor, centers.get(joint.parent)!), motion.shift));
    const toChild = rotate(rotation, subtract(centers.get(joint.child)!, joint.anchor));
    states.set(joint.child, {
      position: add(add(parent.position, toAnchor), toChild),
      rotation,
      linearVelocity: add(
        add(parent.linearVelocity, rotate(parent.rotation, motion.shiftVelocity)),
        add(cross(parent.angularVelocity, toAnchor), cross(angularVelocity, toChild)),
      ),
      angularVelocity,
    });
  }
  return spec.parts.map((part) => states.get(part.name)!);
}

/** Motion of the child against the parent, in the parent's frame; conventions of `JointKind`. */
function jointMotion(joint: JointSpec, values: readonly number[], rates: readonly number[]) {
  const [x, y, z] = jointAxes(joint);
  const [a = 0, b = 0, c = 0] = values;
  const [da = 0, db = 0, dc = 0] = rates;
  const still: Vec3 = [0, 0, 0];
  switch (joint.kind) {
    case "fixed":
      return { rotation: IDENTITY, angularVelocity: still, shift: still, shiftVelocity: still };
    case "slider":
      return { rotation: IDENTITY, angularVelocity: still, shift: scale(x, a), shiftVelocity: scale(x, da) };
    case "hinge":
      return { rotation: axisAngle(x, a), angularVelocity: scale(x, da), shift: still, shiftVelocity: still };
    case "universal": {
      // R = Ry(b)·Rx(a), so the X rotation turns about an axis that Y has turned already.
      const ry = axisAngle(y, b);
      const angularVelocity = add(scale(y, db), rotate(ry, scale(x, da)));
      return { rotation: multiply(ry, axisAngle(x, a)), angularVelocity, shift: still, shiftVelocity: still };
    }
    case "spherical": {
      // R = Rx(a)·Ry(b)·Rz(c)
      const rx = axisAngle(x, a);
      const rxy = multiply(rx, axisAngle(y, b));
      const angularVelocity = add(scale(x, da), add(rotate(rx, scale(y, db)), rotate(rxy, scale(z, dc))));
      return { rotation: multiply(rxy, axisAngle(z, c)), angularVelocity, shift: still, shiftVelocity: still };
    }
  }
}

/** Height of the lowest point of the body's shapes, m. */
export function lowestPoint(spec: BodySpec, states: readonly PartState[]): number {
  let lowest = Number.POSITIVE_INFINITY;
  spec.parts.forEach(({ shape }, i) => {
    const { position, rotation } = states[i]!;
    for (const { point, radius } of extremes(shape)) {
      lowest = Math.min(lowest, position[1] + rotate(rotation, point)[1] - radius);
    }
  });
  return lowest;
}

/** Points of a shape, in its part's frame, around which spheres of the given radii span the whole shape. */
function extremes(shape: ShapeSpec): { point: Vec3; radius: number }[] {
  const center = shapeCenter(shape);
  if (shape.kind === "sphere") return [{ point: [0, 0, 0], radius: shape.radius }];
  if (shape.kind === "capsule") {
    return [shape.from, shape.to].map((end) => ({ point: subtract(end, center), radius: shape.radius }));
  }
  const [hx, hy, hz] = scale(shape.size, 0.5);
  const signs = [-1, 1];
  return signs.flatMap((sx) =>
    signs.flatMap((sy) =>
      signs.map((sz) => ({
        point: rotate(shape.rotation ?? IDENTITY, [sx * hx, sy * hy, sz * hz]),
        radius: 0,
      })),
    ),
  );
}

export interface StandingOptions {
  /** Point of the ground under the root part. Default the origin. */
  readonly ground?: Vec3;
  /** Turn about the vertical, rad. Default 0. */
  readonly yaw?: number;
  /** Free space under the lowest point, m. Default 0. */
  readonly clearance?: number;
}

/**
 * The pose with the given joint values in which the upright body just touches the ground. A fixed root stays at the
 * height at which it is drawn, wherever the ground is.
 */
export function standingPose(spec: BodySpec, joints: ArrayLike<number>, options: StandingOptions = {}): Pose {
  const { ground = [0, 0, 0], yaw = 0, clearance = 0 } = options;
  const rotation = axisAngle([0, 1, 0], yaw);
  if (spec.root.kind === "fixed") {
    return { position: add(ground, rotate(rotation, shapeCenter(spec.parts[0]!.shape))), rotation, joints };
  }
  const atOrigin = forwardKinematics(spec, { position: [0, 0, 0], rotation, joints });
  const height = clearance - lowestPoint(spec, atOrigin);
  return { position: add(ground, [0, height, 0]), rotation, joints };
}
