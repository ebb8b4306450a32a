import { Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { PhysicsRaycastResult } from "@babylonjs/core/Physics/physicsRaycastResult.js";
import type { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import type { ArticulatedBody } from "../body/articulatedBody.js";
import type { Quat, Vec3 } from "../body/spec.js";
import { rotate } from "../body/vector.js";
import type { Sensor } from "./sensor.js";

export interface RayPerceptionOptions {
  readonly name?: string;
  /** Rays on each side of the one straight ahead. Default 3. */
  readonly raysPerDirection?: number;
  /** Angle of the outermost rays, degrees. Default 70. */
  readonly maxRayDegrees?: number;
  /** m, default 20 */
  readonly rayLength?: number;
  /** Part that the rays leave from. Default the root. */
  readonly part?: string;
  /** Start of the rays in the part's frame, m. Default its centre. */
  readonly offset?: Vec3;
  /** Kinds of things to tell apart, in the order of the observation. */
  readonly detectableTags?: readonly string[];
  /** The tag of a body that a ray has hit, null for none. */
  readonly tagOf?: (body: PhysicsBody) => string | null;
}

/**
 * A fan of rays around a part's +z axis. Each ray gives, as in ML-Agents, a one-hot of the detectable tags, a 1 when it
 * hit nothing, and the distance as a fraction of its length (1 when it hit nothing). Order: ahead, then right and left
 * by growing angle. The body's own parts are transparent.
 */
export class RayPerceptionSensor implements Sensor {
  readonly name: string;
  readonly size: number;
  private readonly directions: readonly Vec3[];
  private readonly part: number;
  private readonly length: number;
  private readonly tags: readonly string[];
  private readonly from = new Vector3();
  private readonly to = new Vector3();
  private readonly hit = new PhysicsRaycastResult();

  constructor(
    private readonly body: ArticulatedBody,
    private readonly options: RayPerceptionOptions = {},
  ) {
    const perSide = options.raysPerDirection ?? 3;
    const widest = ((options.maxRayDegrees ?? 70) * Math.PI) / 180;
    const angles = [0];
    for (let i = 1; i <= perSide; i++) angles.push((widest * i) / perSide, (-widest * i) / perSide);
    this.directions = angles.map((angle) => [Math.sin(angle), 0, Math.cos(angle)] as const);
    this.part = options.part ? body.partIndex(options.part) : 0;
    this.length = options.rayLength ?? 20;
    this.tags = options.detectableTags ?? [];
    this.name = options.name ?? "rays";
    this.size = this.directions.length * (this.tags.length + 2);
  }

  write(out: Float32Array, offset: number): void {
    const { positions, rotations, world } = this.body;
    const p = this.part * 3;
    const q = this.part * 4;
    const rotation: Quat = [rotations[q]!, rotations[q + 1]!, rotations[q + 2]!, rotations[q + 3]!];
    const start = rotate(rotation, this.options.offset ?? [0, 0, 0]);
    this.from.set(positions[p]! + start[0], positions[p + 1]! + start[1], positions[p + 2]! + start[2]);
    let at = offset;
    for (const direction of this.directions) {
      const d = rotate(rotation, direction);
      this.to.set(this.from.x + d[0] * this.length, this.from.y + d[1] * this.length, this.from.z + d[2] * this.length);
      this.hit.reset(this.from, this.to);
      world.plugin.raycast(this.from, this.to, this.hit, { collideWith: ~this.body.collisionBit });
      const tag = this.hit.hasHit && this.hit.body ? (this.options.tagOf?.(this.hit.body) ?? null) : null;
      for (const name of this.tags) out[at++] = name === tag ? 1 : 0;
      out[at++] = this.hit.hasHit ? 0 : 1;
      out[at++] = this.hit.hasHit ? Vector3.Distance(this.from, this.hit.hitPointWorld) / this.length : 1;
    }
  }
}
