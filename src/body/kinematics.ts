import { shapeCenter } from "./massProperties.js";
import { perSpec } from "./perSpec.js";
import type { Pose } from "./pose.js";
import type { BodySpec, JointKind, JointSpec, ShapeSpec, Vec3 } from "./spec.js";
import { cross, IDENTITY, normalize, perpendicular, rotate, scale, subtract } from "./vector.js";

/** The joint's orthonormal axes X, Y and Z = X × Y, in the drawing. */
export function jointAxes(joint: JointSpec): readonly [Vec3, Vec3, Vec3] {
  const x = normalize(joint.axis ?? [1, 0, 0]);
  const y = joint.secondAxis ? normalize(joint.secondAxis) : perpendicular(x);
  return [x, y, cross(x, y)];
}

/** A movement along or about one axis, by the joint value of that index. */
interface Freedom {
  readonly axis: Float64Array;
  readonly index: number;
}

/** One joint with the part that hangs on it. */
interface Link {
  readonly parent: number;
  readonly child: number;
  /** From the parent's centre to the anchor, and from there to the child's centre, in the drawing. */
  readonly toAnchor: Float64Array;
  readonly toChild: Float64Array;
  /** The rotation of the child is the product of these turns, the first of them outermost. */
  readonly turns: readonly Freedom[];
  readonly slides: readonly Freedom[];
}

/** Which of a joint's axes its turns are about, outermost first; see `JointKind`. */
const TURNS: Readonly<Record<JointKind, readonly number[]>> = {
  hinge: [0],
  universal: [1, 0],
  spherical: [0, 1, 2],
  slider: [],
  fixed: [],
};

/** Points of a part, in its frame, around which spheres of that radius span its shape. */
interface Extremes {
  /** `[points, 3]` */
  readonly points: Float64Array;
  readonly radius: number;
}

/** The kinematics of a specification. */
export const kinematicsOf = perSpec((spec) => new Kinematics(spec));

/** Where a body's parts are in a pose and how they move. The arrays belong to the last `place`. */
export class Kinematics {
  /** `[parts, 3]`, m */
  readonly positions: Float64Array;
  /** `[parts, 4]`, x y z w */
  readonly rotations: Float64Array;
  /** `[parts, 3]`, m/s, of the centre */
  readonly linearVelocities: Float64Array;
  /** `[parts, 3]`, rad/s, world frame */
  readonly angularVelocities: Float64Array;
  private readonly links: readonly Link[];
  private readonly extremes: readonly Extremes[];
  private readonly arm = new Float64Array(3);
  private readonly turn = new Float64Array(4);

  constructor({ parts, joints }: BodySpec) {
    this.positions = new Float64Array(parts.length * 3);
    this.rotations = new Float64Array(parts.length * 4);
    this.linearVelocities = new Float64Array(parts.length * 3);
    this.angularVelocities = new Float64Array(parts.length * 3);
    this.extremes = parts.map((part) => extremesOf(part.shape));
    const centers = parts.map((part) => shapeCenter(part.shape));
    const index = new Map(parts.map((part, i) => [part.name, i]));
    let offset = 0;
    this.links = joints.map((joint) => {
      const parent = index.get(joint.parent)!;
      const child = index.get(joint.child)!;
      const axes = jointAxes(joint);
      const along = (axis: number): Freedom => ({ axis: Float64Array.from(axes[axis]!), index: offset + axis });
      const turns = TURNS[joint.kind].map(along);
      const slides = joint.kind === "slider" ? [along(0)] : [];
      offset += turns.length + slides.length;
      return {
        parent,
        child,
        toAnchor: Float64Array.from(subtract(joint.anchor, centers[parent]!)),
        toChild: Float64Array.from(subtract(centers[child]!, joint.anchor)),
        turns,
        slides,
      };
    });
  }

  /** Fills the arrays by going through the joints from the root outwards. */
  place({ position, rotation, joints, linearVelocity, angularVelocity, jointVelocities }: Pose): this {
    for (let k = 0; k < 3; k++) {
      this.positions[k] = position[k]!;
      this.linearVelocities[k] = linearVelocity?.[k] ?? 0;
      this.angularVelocities[k] = angularVelocity?.[k] ?? 0;
    }
    for (let k = 0; k < 4; k++) this.rotations[k] = rotation[k]!;
    for (let i = 0; i < this.links.length; i++) this.placeChild(this.links[i]!, joints, jointVelocities);
    return this;
  }

  /** Height of the lowest point of all shapes, m. */
  lowestPoint(): number {
    let lowest = Number.POSITIVE_INFINITY;
    for (let part = 0; part < this.extremes.length; part++) {
      const { points, radius } = this.extremes[part]!;
      for (let k = 0; k < points.length; k += 3) {
        rotateInto(this.rotations, part * 4, points, k, this.arm);
        lowest = Math.min(lowest, this.positions[part * 3 + 1]! + this.arm[1]! - radius);
      }
    }
    return lowest;
  }

  private placeChild(link: Link, values: ArrayLike<number>, rates: ArrayLike<number> | undefined): void {
    const { positions, rotations, linearVelocities, angularVelocities, arm, turn } = this;
    const { parent, child, turns, slides } = link;
    const i = child * 3;
    const q = child * 4;
    // It begins at the parent's centre, moving with it.
    for (let k = 0; k < 3; k++) {
      positions[i + k] = positions[parent * 3 + k]!;
      linearVelocities[i + k] = linearVelocities[parent * 3 + k]!;
      angularVelocities[i + k] = angularVelocities[parent * 3 + k]!;
    }
    for (let k = 0; k < 4; k++) rotations[q + k] = rotations[parent * 4 + k]!;

    // Out to the anchor, which a slider moves on: r ← r + a, v ← v + ω × a.
    rotateInto(rotations, q, link.toAnchor, 0, arm);
    this.advance(i);
    for (let k = 0; k < slides.length; k++) {
      const { axis, index } = slides[k]!;
      rotateInto(rotations, q, axis, 0, arm);
      addScaled(linearVelocities, i, arm, rates?.[index] ?? 0);
      for (let c = 0; c < 3; c++) arm[c]! *= values[index] ?? 0;
      this.advance(i);
    }
    // Each turn is about an axis that the turns before have carried along: ω ← ω + q̇ⱼ·(q·x̂), q ← q·turn.
    for (let k = 0; k < turns.length; k++) {
      const { axis, index } = turns[k]!;
      rotateInto(rotations, q, axis, 0, arm);
      addScaled(angularVelocities, i, arm, rates?.[index] ?? 0);
      const half = (values[index] ?? 0) / 2;
      const sin = Math.sin(half);
      for (let c = 0; c < 3; c++) turn[c] = axis[c]! * sin;
      turn[3] = Math.cos(half);
      multiplyInPlace(rotations, q, turn);
    }
    // And on to the child's centre.
    rotateInto(rotations, q, link.toChild, 0, arm);
    this.advance(i);
  }

  /** Moves a position on along `arm`, whose far end has the velocity v + ω × arm. */
  private advance(i: number): void {
    const { positions: r, linearVelocities: v, angularVelocities: w, arm } = this;
    const x = arm[0]!,
      y = arm[1]!,
      z = arm[2]!;
    r[i]! += x;
    r[i + 1]! += y;
    r[i + 2]! += z;
    v[i]! += w[i + 1]! * z - w[i + 2]! * y;
    v[i + 1]! += w[i + 2]! * x - w[i]! * z;
    v[i + 2]! += w[i]! * y - w[i + 1]! * x;
  }
}

/** out = the vector at `v[j]` rotated by the unit quaternion at `q[i]`: v + w·t + u × t with t = 2 u × v. */
function rotateInto(q: Float64Array, i: number, v: Float64Array, j: number, out: Float64Array): void {
  const ux = q[i]!,
    uy = q[i + 1]!,
    uz = q[i + 2]!,
    uw = q[i + 3]!;
  const vx = v[j]!,
    vy = v[j + 1]!,
    vz = v[j + 2]!;
  const tx = 2 * (uy * vz - uz * vy),
    ty = 2 * (uz * vx - ux * vz),
    tz = 2 * (ux * vy - uy * vx);
  out[0] = vx + uw * tx + uy * tz - uz * ty;
  out[1] = vy + uw * ty + uz * tx - ux * tz;
  out[2] = vz + uw * tz + ux * ty - uy * tx;
}

/** The quaternion at `q[i]` becomes its product with `b`: `b` rotates first. */
function multiplyInPlace(q: Float64Array, i: number, b: Float64Array): void {
  const x = q[i]!,
    y = q[i + 1]!,
    z = q[i + 2]!,
    w = q[i + 3]!;
  const bx = b[0]!,
    by = b[1]!,
    bz = b[2]!,
    bw = b[3]!;
  q[i] = w * bx + x * bw + y * bz - z * by;
  q[i + 1] = w * by - x * bz + y * bw + z * bx;
  q[i + 2] = w * bz + x * by - y * bx + z * bw;
  q[i + 3] = w * bw - x * bx - y * by - z * bz;
}

function addScaled(out: Float64Array, i: number, v: Float64Array, factor: number): void {
  for (let k = 0; k < 3; k++) out[i + k]! += v[k]! * factor;
}

function extremesOf(shape: ShapeSpec): Extremes {
  const center = shapeCenter(shape);
  if (shape.kind === "sphere") return { points: new Float64Array(3), radius: shape.radius };
  if (shape.kind === "capsule") {
    const ends = [subtract(shape.from, center), subtract(shape.to, center)];
    return { points: Float64Array.from(ends.flat()), radius: shape.radius };
  }
  const [hx, hy, hz] = scale(shape.size, 0.5);
  const signs = [-1, 1];
  const corners = signs.flatMap((sx) =>
    signs.flatMap((sy) => signs.map((sz) => rotate(shape.rotation ?? IDENTITY, [sx * hx, sy * hy, sz * hz]))),
  );
  return { points: Float64Array.from(corners.flat()), radius: 0 };
}
