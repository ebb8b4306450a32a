import { shapeCenter } from "./massProperties.js";
import {
  type BodySpec,
  DEGREES_OF_FREEDOM,
  type JointKind,
  type JointSpec,
  type Quat,
  type ShapeSpec,
  type Vec3,
} from "./spec.js";
import {
  add,
  axisAngle,
  cross,
  IDENTITY,
  multiply,
  normalize,
  perpendicular,
  rotate,
  scale,
  subtract,
} from "./vector.js";

const ZERO: Vec3 = [0, 0, 0];

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
  return spec.joints.flatMap(
    (joint) => spec.startPose?.[joint.name] ?? new Array<number>(DEGREES_OF_FREEDOM[joint.kind]).fill(0),
  );
}

/** What does not depend on the pose. Worked out once per specification, which nobody changes: episodes begin often. */
interface Skeleton {
  readonly links: readonly Link[];
  /** Per part, the points around which spheres span its shape. */
  readonly extremes: readonly (readonly Extreme[])[];
}

/** One joint with the part that hangs on it. */
interface Link {
  readonly kind: JointKind;
  /** Index of the joint's first value. */
  readonly offset: number;
  readonly axes: readonly [Vec3, Vec3, Vec3];
  readonly parent: number;
  readonly child: number;
  /** From the parent's centre to the anchor, and from there to the child's centre, in the drawing. */
  readonly toAnchor: Vec3;
  readonly toChild: Vec3;
}

interface Extreme {
  readonly point: Vec3;
  readonly radius: number;
}

const skeletons = new WeakMap<BodySpec, Skeleton>();

function skeletonOf(spec: BodySpec): Skeleton {
  let skeleton = skeletons.get(spec);
  if (!skeleton) {
    skeleton = buildSkeleton(spec);
    skeletons.set(spec, skeleton);
  }
  return skeleton;
}

function buildSkeleton({ parts, joints }: BodySpec): Skeleton {
  const centers = parts.map((part) => shapeCenter(part.shape));
  const index = new Map(parts.map((part, i) => [part.name, i]));
  let offset = 0;
  const links = joints.map((joint): Link => {
    const parent = index.get(joint.parent)!;
    const child = index.get(joint.child)!;
    const link = {
      kind: joint.kind,
      offset,
      axes: jointAxes(joint),
      parent,
      child,
      toAnchor: subtract(joint.anchor, centers[parent]!),
      toChild: subtract(centers[child]!, joint.anchor),
    };
    offset += DEGREES_OF_FREEDOM[joint.kind];
    return link;
  });
  return { links, extremes: parts.map((part) => extremes(part.shape)) };
}

/** Where every part is and how it moves, by going through the joints from the root outwards. */
export function forwardKinematics(spec: BodySpec, pose: Pose): PartState[] {
  const states = new Array<PartState>(spec.parts.length);
  states[0] = {
    position: pose.position,
    rotation: pose.rotation,
    linearVelocity: pose.linearVelocity ?? ZERO,
    angularVelocity: pose.angularVelocity ?? ZERO,
  };
  for (const link of skeletonOf(spec).links) {
    const parent = states[link.parent]!;
    const motion = jointMotion(link, pose.joints, pose.jointVelocities ?? []);
    const rotation = multiply(parent.rotation, motion.rotation);
    const angularVelocity = add(parent.angularVelocity, rotate(parent.rotation, motion.angularVelocity));
    const toAnchor = rotate(parent.rotation, add(link.toAnchor, motion.shift));
    const toChild = rotate(rotation, link.toChild);
    states[link.child] = {
      position: add(add(parent.position, toAnchor), toChild),
      rotation,
      linearVelocity: add(
        add(parent.linearVelocity, rotate(parent.rotation, motion.shiftVelocity)),
        add(cross(parent.angularVelocity, toAnchor), cross(angularVelocity, toChild)),
      ),
      angularVelocity,
    };
  }
  return states;
}

/** Motion of the child against the parent, in the parent's frame; conventions of `JointKind`. */
function jointMotion({ kind, offset, axes }: Link, values: ArrayLike<number>, rates: ArrayLike<number>) {
  const [x, y, z] = axes;
  const a = values[offset] ?? 0,
    b = values[offset + 1] ?? 0,
    c = values[offset + 2] ?? 0;
  const da = rates[offset] ?? 0,
    db = rates[offset + 1] ?? 0,
    dc = rates[offset + 2] ?? 0;
  switch (kind) {
    case "fixed":
      return { rotation: IDENTITY, angularVelocity: ZERO, shift: ZERO, shiftVelocity: ZERO };
    case "slider":
      return { rotation: IDENTITY, angularVelocity: ZERO, shift: scale(x, a), shiftVelocity: scale(x, da) };
    case "hinge":
      return { rotation: axisAngle(x, a), angularVelocity: scale(x, da), shift: ZERO, shiftVelocity: ZERO };
    case "universal": {
      // R = Ry(b)·Rx(a), so the X rotation turns about an axis that Y has turned already.
      const ry = axisAngle(y, b);
      const angularVelocity = add(scale(y, db), rotate(ry, scale(x, da)));
      return { rotation: multiply(ry, axisAngle(x, a)), angularVelocity, shift: ZERO, shiftVelocity: ZERO };
    }
    case "spherical": {
      // R = Rx(a)·Ry(b)·Rz(c)
      const rx = axisAngle(x, a);
      const rxy = multiply(rx, axisAngle(y, b));
      const angularVelocity = add(scale(x, da), add(rotate(rx, scale(y, db)), rotate(rxy, scale(z, dc))));
      return { rotation: multiply(rxy, axisAngle(z, c)), angularVelocity, shift: ZERO, shiftVelocity: ZERO };
    }
  }
}

/** Height of the lowest point of the body's shapes, m. */
export function lowestPoint(spec: BodySpec, states: readonly PartState[]): number {
  let lowest = Number.POSITIVE_INFINITY;
  skeletonOf(spec).extremes.forEach((extremes, part) => {
    const { position, rotation } = states[part]!;
    for (const { point, radius } of extremes) {
      lowest = Math.min(lowest, position[1] + rotate(rotation, point)[1] - radius);
    }
  });
  return lowest;
}

/** Points of a shape, in its part's frame, around which spheres of the given radii span the whole shape. */
function extremes(shape: ShapeSpec): Extreme[] {
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
  /** A further turn of the whole body, after `yaw`. Default none. */
  readonly lean?: Quat;
  /** Free space under the lowest point, m. Default 0. */
  readonly clearance?: number;
}

/**
 * The pose with the given joint values in which the body, upright but for its `lean`, just touches the ground. A fixed root stays at the
 * height at which it is drawn, wherever the ground is.
 */
export function standingPose(spec: BodySpec, joints: ArrayLike<number>, options: StandingOptions = {}): Pose {
  const { ground = [0, 0, 0], yaw = 0, lean = IDENTITY, clearance = 0 } = options;
  const rotation = multiply(lean, axisAngle([0, 1, 0], yaw));
  if (spec.root.kind === "fixed") {
    return { position: add(ground, rotate(rotation, shapeCenter(spec.parts[0]!.shape))), rotation, joints };
  }
  const atOrigin = forwardKinematics(spec, { position: [0, 0, 0], rotation, joints });
  const height = clearance - lowestPoint(spec, atOrigin);
  return { position: add(ground, [0, height, 0]), rotation, joints };
}
