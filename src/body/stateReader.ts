import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import type { BodyHandle, EngineCalls, WorldHandle } from "./engineCalls.js";
import { EngineMemory } from "./engineMemory.js";
import type { PartArrays } from "./jointState.js";

// Layout of the engine's memory, in 32-bit words. A body's record holds its transform (a 4×4 matrix, which Babylon's
// plugin reads as well) and the number of its motion; a motion's record holds the velocities. The second half is not
// documented: it is found by its contents, compared with the API, and left alone where the comparison fails.
const TRANSLATION = 12;
const MOTION_ID = 32;
const MOTION_STRIDE = 32;
const LINEAR_LIMIT = 3;
const ANGULAR = 4;
const ANGULAR_LIMIT = 7;
const INERTIA_ROTATION = -24;

const TOLERANCE = 1e-3;
const MARK = [12.345678, -23.456789, 34.56789] as const;

/** The parts of one body, as the reader needs them. */
export interface ReadableParts extends PartArrays {
  readonly handles: readonly BodyHandle[];
}

/**
 * Reads transforms and velocities of bodies out of the engine's memory, some thirty times faster than by its API (which
 * stays as the way where the memory does not look as expected). Call `refresh` after each step.
 */
export class StateReader {
  private readonly memory: EngineMemory;
  private bodyBuffer = 0;
  private bodyCount = -1;
  /** Word address of motion 0; null where only the API can be trusted, undefined before the first look. */
  private motions: number | null | undefined;
  /** Of each body's parts, where their records lie behind the start of the body buffer, in words. */
  private readonly offsets = new Map<readonly BodyHandle[], Int32Array>();

  constructor(
    private readonly havok: HavokPhysicsWithBindings,
    private readonly calls: EngineCalls,
    private readonly world: WorldHandle,
  ) {
    this.memory = new EngineMemory(havok);
  }

  /** Looks where the engine's arrays are now; a step, a new body or a removed one may have moved them. */
  refresh(): void {
    this.memory.refresh();
    this.bodyBuffer = this.calls.bodyBuffer(this.world) >> 2;
    const count = this.calls.bodyCount(this.world);
    if (count !== this.bodyCount) {
      this.bodyCount = count;
      this.offsets.clear();
      this.motions = undefined;
    }
  }

  /** Whether velocities come from memory; for tests and benches. */
  get readsMemory(): boolean {
    return typeof this.motions === "number";
  }

  /** Fills the arrays of a body; quaternions get w ≥ 0. */
  read(parts: ReadableParts): void {
    if (this.motions === undefined) this.motions = this.findMotions(parts);
    if (this.motions === null) {
      this.readByApi(parts);
      return;
    }
    this.readFromMemory(this.motions, parts);
  }

  private readFromMemory(motions: number, parts: ReadableParts): void {
    const { bodyBuffer } = this;
    const { floats, ints } = this.memory;
    const { positions, rotations, linearVelocities, angularVelocities } = parts;
    const offsets = this.offsetsOf(parts.handles);
    for (let part = 0; part < offsets.length; part++) {
      const record = bodyBuffer + offsets[part]!;
      const motion = motions + ints[record + MOTION_ID]! * MOTION_STRIDE;
      copyVector(floats, record + TRANSLATION, positions, part * 3);
      writeQuaternion(floats, record, rotations, part * 4);
      copyVector(floats, motion, linearVelocities, part * 3);
      // Kept along the principal axes of inertia.
      writeRotated(floats, motion + INERTIA_ROTATION, motion + ANGULAR, angularVelocities, part * 3);
    }
  }

  private offsetsOf(handles: readonly BodyHandle[]): Int32Array {
    let offsets = this.offsets.get(handles);
    if (!offsets) {
      offsets = Int32Array.from(handles, (handle) => this.havok.HP_Body_GetWorldTransformOffset(handle)[1] >> 2);
      this.offsets.set(handles, offsets);
    }
    return offsets;
  }

  private readByApi({ handles, positions, rotations, linearVelocities, angularVelocities }: ReadableParts): void {
    handles.forEach((handle, part) => {
      const [position, [x, y, z, w]] = this.havok.HP_Body_GetQTransform(handle)[1];
      const sign = w < 0 ? -1 : 1;
      positions.set(position, part * 3);
      rotations.set([sign * x, sign * y, sign * z, sign * w], part * 4);
      linearVelocities.set(this.havok.HP_Body_GetLinearVelocity(handle)[1], part * 3);
      angularVelocities.set(this.havok.HP_Body_GetAngularVelocity(handle)[1], part * 3);
    });
  }

  /** Gives the last part a velocity that occurs nowhere else, looks for it, and checks all parts against the API. */
  private findMotions(parts: ReadableParts): number | null {
    const handle = parts.handles.at(-1)!; // the first part may be one that cannot move
    const before = this.havok.HP_Body_GetLinearVelocity(handle)[1];
    this.havok.HP_Body_SetLinearVelocity(handle, [...MARK]);
    const marked = this.addressesOfMark();
    this.havok.HP_Body_SetLinearVelocity(handle, before);
    const record = this.bodyBuffer + this.offsetsOf(parts.handles).at(-1)!;
    const id = this.memory.ints[record + MOTION_ID]!;
    for (const address of marked) {
      const motions = address - id * MOTION_STRIDE;
      if (this.agreesWithApi(motions, parts)) return motions;
    }
    return null;
  }

  private addressesOfMark(): number[] {
    // The engine remembers the velocities that it was last told, too; only a motion has its limits beside them.
    const [, linearLimit, angularLimit] = this.havok.HP_World_GetSpeedLimit(this.world);
    const [x, y, z, limit] = [...MARK, linearLimit].map(Math.fround);
    const m = this.memory.floats;
    const found: number[] = [];
    for (let i = m.indexOf(x!); i >= 0; i = m.indexOf(x!, i + 1)) {
      const limited = m[i + LINEAR_LIMIT] === limit && m[i + ANGULAR_LIMIT] === Math.fround(angularLimit);
      if (m[i + 1] === y && m[i + 2] === z && limited) found.push(i);
    }
    return found;
  }

  private agreesWithApi(motions: number, parts: ReadableParts): boolean {
    const zeros = (width: number) => new Float32Array(parts.handles.length * width);
    const make = () => ({
      handles: parts.handles,
      positions: zeros(3),
      rotations: zeros(4),
      linearVelocities: zeros(3),
      angularVelocities: zeros(3),
    });
    const { floats, ints } = this.memory;
    for (const offset of this.offsetsOf(parts.handles)) {
      const motion = motions + ints[this.bodyBuffer + offset + MOTION_ID]! * MOTION_STRIDE;
      if (motion + INERTIA_ROTATION < 0 || motion + MOTION_STRIDE > floats.length) return false;
    }
    const expected = make();
    this.readByApi(expected);
    const actual = make();
    this.readFromMemory(motions, actual);
    return (["positions", "rotations", "linearVelocities", "angularVelocities"] as const).every((key) =>
      expected[key].every((value, i) => Math.abs(value - actual[key][i]!) <= TOLERANCE * Math.max(1, Math.abs(value))),
    );
  }
}

function copyVector(m: Float32Array, at: number, out: Float32Array, offset: number): void {
  out[offset] = m[at]!;
  out[offset + 1] = m[at + 1]!;
  out[offset + 2] = m[at + 2]!;
}

/** The vector at `v` turned by the quaternion at `q`: v + w·t + u × t with t = 2 u × v. */
function writeRotated(m: Float32Array, q: number, v: number, out: Float32Array, offset: number): void {
  const ux = m[q]!,
    uy = m[q + 1]!,
    uz = m[q + 2]!,
    uw = m[q + 3]!;
  const vx = m[v]!,
    vy = m[v + 1]!,
    vz = m[v + 2]!;
  const tx = 2 * (uy * vz - uz * vy),
    ty = 2 * (uz * vx - ux * vz),
    tz = 2 * (ux * vy - uy * vx);
  out[offset] = vx + uw * tx + uy * tz - uz * ty;
  out[offset + 1] = vy + uw * ty + uz * tx - ux * tz;
  out[offset + 2] = vz + uw * tz + ux * ty - uy * tx;
}

/** The rotation of a column-major 4×4 matrix as a quaternion with w ≥ 0 (Shepperd's method). */
function writeQuaternion(m: Float32Array, at: number, out: Float32Array, offset: number): void {
  const m00 = m[at]!,
    m10 = m[at + 1]!,
    m20 = m[at + 2]!;
  const m01 = m[at + 4]!,
    m11 = m[at + 5]!,
    m21 = m[at + 6]!;
  const m02 = m[at + 8]!,
    m12 = m[at + 9]!,
    m22 = m[at + 10]!;
  let x: number;
  let y: number;
  let z: number;
  let w: number;
  if (m00 + m11 + m22 > 0) {
    w = 1 + m00 + m11 + m22;
    x = m21 - m12;
    y = m02 - m20;
    z = m10 - m01;
  } else if (m00 > m11 && m00 > m22) {
    w = m21 - m12;
    x = 1 + m00 - m11 - m22;
    y = m01 + m10;
    z = m02 + m20;
  } else if (m11 > m22) {
    w = m02 - m20;
    x = m01 + m10;
    y = 1 + m11 - m00 - m22;
    z = m12 + m21;
  } else {
    w = m10 - m01;
    x = m02 + m20;
    y = m12 + m21;
    z = 1 + m22 - m00 - m11;
  }
  const scale = (w < 0 ? -1 : 1) / Math.sqrt(x * x + y * y + z * z + w * w);
  out[offset] = x * scale;
  out[offset + 1] = y * scale;
  out[offset + 2] = z * scale;
  out[offset + 3] = w * scale;
}
