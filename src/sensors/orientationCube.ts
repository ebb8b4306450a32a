import type { MotionCommand } from "../agent/motionCommand.js";
import type { ArticulatedBody } from "../body/articulatedBody.js";
import type { Quat, Vec3 } from "../body/spec.js";
import { IDENTITY } from "../body/vector.js";

/** The direction from a body's root to the command's target, rad about the vertical; the heading where there is none. */
export function directionToTarget({ positions }: ArticulatedBody, { target, heading }: MotionCommand): number {
  return target ? Math.atan2(target[0] - positions[0]!, target[2] - positions[2]!) : heading;
}

/** Angle of the whole rotation between a body's root and one that is level and looks at the target, rad, 0 … π. */
export function angleToTarget(body: ArticulatedBody, command: MotionCommand): number {
  const { rotations: q } = body;
  const half = directionToTarget(body, command) / 2;
  return 2 * Math.acos(Math.min(1, Math.abs(q[1]! * Math.sin(half) + q[3]! * Math.cos(half))));
}

/** Where a part's own frame lies in the prefab that the body comes from, against our frame of it. */
export interface PartFrame {
  /** Rotation in the zero pose. Default none. */
  readonly rotation?: Quat;
  /** Its origin in our frame, m. Default the same. */
  readonly origin?: Vec3;
}

/** By the name of the part; those that are left out are as ours. */
export type PartFrames = Readonly<Record<string, PartFrame>>;

/**
 * ML-Agents' "orientation cube", the frame in which its walkers see the world: it sits at the root, is level, and its +z
 * points to the target. Parts are shown as their prefab has them.
 */
export class OrientationCube {
  /** Of its turn about the vertical: its +z axis is (sin, 0, cos). */
  sin = 0;
  cos = 1;
  private readonly frames: readonly PartFrame[];
  /** The last rotation asked for, x y z w. */
  private readonly turn = new Float64Array(4);
  private readonly parentTurn = new Float64Array(4);

  constructor(
    readonly body: ArticulatedBody,
    readonly command: MotionCommand,
    frames: PartFrames = {},
  ) {
    for (const name of Object.keys(frames)) body.partIndex(name);
    this.frames = body.spec.parts.map(({ name }) => frames[name] ?? {});
  }

  /** Whether a part's own frame is turned against ours. */
  isTurned(part: number): boolean {
    return this.frames[part]!.rotation !== undefined;
  }

  /** Turns it to where the target is seen from the root now. */
  update(): void {
    const yaw = directionToTarget(this.body, this.command);
    this.sin = Math.sin(yaw);
    this.cos = Math.cos(yaw);
  }

  /** A world vector in the cube's frame. */
  writeVector(x: number, y: number, z: number, out: Float32Array, offset: number): void {
    out[offset] = x * this.cos - z * this.sin;
    out[offset + 1] = y;
    out[offset + 2] = x * this.sin + z * this.cos;
  }

  /** Place of a part against the root, in the cube's frame, m. */
  writePosition(part: number, out: Float32Array, offset: number): void {
    const { positions: p, rotations: q } = this.body;
    let x = p[part * 3]! - p[0]!,
      y = p[part * 3 + 1]! - p[1]!,
      z = p[part * 3 + 2]! - p[2]!;
    const { origin } = this.frames[part]!;
    if (origin) {
      // v + w·t + u × t with t = 2 u × v
      const [vx, vy, vz] = origin;
      const ux = q[part * 4]!,
        uy = q[part * 4 + 1]!,
        uz = q[part * 4 + 2]!,
        w = q[part * 4 + 3]!;
      const tx = 2 * (uy * vz - uz * vy),
        ty = 2 * (uz * vx - ux * vz),
        tz = 2 * (ux * vy - uy * vx);
      x += vx + w * tx + uy * tz - uz * ty;
      y += vy + w * ty + uz * tx - ux * tz;
      z += vz + w * tz + ux * ty - uy * tx;
    }
    this.writeVector(x, y, z, out, offset);
  }

  /** The rotation of a part against the cube, x y z w with w ≥ 0. */
  writeRotation(part: number, out: Float32Array, offset: number): void {
    const { turn, parentTurn } = this;
    const half = Math.atan2(this.sin, this.cos) / 2;
    parentTurn[0] = 0;
    parentTurn[1] = Math.sin(half);
    parentTurn[2] = 0;
    parentTurn[3] = Math.cos(half);
    this.readTurn(part, turn);
    writeRelative(parentTurn, turn, out, offset);
  }

  /** The rotation of a part against another, x y z w with w ≥ 0. */
  writeRelativeRotation(part: number, parent: number, out: Float32Array, offset: number): void {
    this.readTurn(part, this.turn);
    this.readTurn(parent, this.parentTurn);
    writeRelative(this.parentTurn, this.turn, out, offset);
  }

  /** The shortest rotation, in the world, that takes a part's +z axis to the cube's, x y z w. */
  writeRotationToGoal(part: number, out: Float32Array, offset: number): void {
    const { sin, cos, turn } = this;
    this.readTurn(part, turn);
    const [x, y, z, w] = turn as unknown as Quat;
    const fx = 2 * (x * z + w * y),
      fy = 2 * (y * z - w * x),
      fz = 1 - 2 * (x * x + y * y);
    // (f × g, 1 + f·g), made a unit
    let qx = fy * cos,
      qy = fz * sin - fx * cos,
      qz = -fy * sin,
      qw = 1 + fx * sin + fz * cos;
    // Straight away from each other: about the vertical.
    if (qw < 1e-6) [qx, qy, qz, qw] = [0, 1, 0, 0];
    const norm = Math.sqrt(qx * qx + qy * qy + qz * qz + qw * qw);
    out[offset] = qx / norm;
    out[offset + 1] = qy / norm;
    out[offset + 2] = qz / norm;
    out[offset + 3] = qw / norm;
  }

  /** The part's rotation in the world as its prefab has it: ours, and before that the one of the zero pose. */
  private readTurn(part: number, out: Float64Array): void {
    const { rotations: q } = this.body;
    const i = part * 4;
    const x = q[i]!,
      y = q[i + 1]!,
      z = q[i + 2]!,
      w = q[i + 3]!;
    const rest = this.frames[part]!.rotation ?? IDENTITY;
    out[0] = w * rest[0] + x * rest[3] + y * rest[2] - z * rest[1];
    out[1] = w * rest[1] - x * rest[2] + y * rest[3] + z * rest[0];
    out[2] = w * rest[2] + x * rest[1] - y * rest[0] + z * rest[3];
    out[3] = w * rest[3] - x * rest[0] - y * rest[1] - z * rest[2];
  }
}

/** conj(parent)·q; of the two quaternions the one with w ≥ 0, since the engine does not remember any other. */
function writeRelative(parent: Float64Array, q: Float64Array, out: Float32Array, offset: number): void {
  const px = -parent[0]!,
    py = -parent[1]!,
    pz = -parent[2]!,
    pw = parent[3]!;
  const x = q[0]!,
    y = q[1]!,
    z = q[2]!,
    w = q[3]!;
  const real = pw * w - px * x - py * y - pz * z;
  const sign = real < 0 ? -1 : 1;
  out[offset] = sign * (pw * x + px * w + py * z - pz * y);
  out[offset + 1] = sign * (pw * y - px * z + py * w + pz * x);
  out[offset + 2] = sign * (pw * z + px * y - py * x + pz * w);
  out[offset + 3] = sign * real;
}
