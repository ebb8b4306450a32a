import { shapeCenter } from "../../../body/massProperties.js";
import type { BodySpec, PartSpec, Vec3 } from "../../../body/spec.js";
import { IDENTITY, rotate, scale, subtract } from "../../../body/vector.js";
import type { FrameLayout } from "../frameLayout.js";

export interface PickedPart {
  readonly character: number;
  readonly part: number;
}

/** A part as something to hit: a segment in its frame, with a radius around it, m. */
interface Target {
  readonly from: Vec3;
  readonly to: Vec3;
  readonly radius: number;
}

/**
 * Finds the part that a ray hits first, or else the one that it comes nearest to; a ray against a few numbers is a lot
 * cheaper than one against meshes.
 */
export class PartPicker {
  private readonly targets: readonly Target[];

  constructor(
    body: BodySpec,
    private readonly layout: FrameLayout,
  ) {
    this.targets = body.parts.map(targetOf);
  }

  /**
   * @param values poses, laid out by the layout
   * @param direction of length 1
   * @param slack how far beside a part the ray may pass, m for each metre of distance
   */
  pick(
    values: Float32Array,
    characters: Iterable<number>,
    origin: Vec3,
    direction: Vec3,
    slack: number,
  ): PickedPart | null {
    let best: PickedPart | null = null;
    let bestScore = Number.POSITIVE_INFINITY;
    for (const character of characters) {
      for (let part = 0; part < this.targets.length; part++) {
        const { from, to, radius } = this.targets[part]!;
        const at = this.layout.poseAt(character, part);
        const { distance, along } = approach(origin, direction, toWorld(values, at, from), toWorld(values, at, to));
        if (along <= 0) continue;
        const beside = Math.max(0, distance - radius);
        if (beside > slack * along) continue;
        // All that are hit come before all that are missed.
        const score = beside === 0 ? along : 1e6 * (1 + beside / along);
        if (score < bestScore) {
          bestScore = score;
          best = { character, part };
        }
      }
    }
    return best;
  }
}

function targetOf({ shape }: PartSpec): Target {
  if (shape.kind === "sphere") return { from: [0, 0, 0], to: [0, 0, 0], radius: shape.radius };
  const center = shapeCenter(shape);
  if (shape.kind === "capsule") {
    return { from: subtract(shape.from, center), to: subtract(shape.to, center), radius: shape.radius };
  }
  const [x, y, z] = shape.size;
  const [shortest, middle, longest] = [x, y, z].sort((a, b) => a - b) as [number, number, number];
  const radius = (shortest + middle) / 4;
  const reach = Math.max(0, longest / 2 - radius);
  const axis: Vec3 = longest === x ? [reach, 0, 0] : longest === y ? [0, reach, 0] : [0, 0, reach];
  const to = rotate(shape.rotation ?? IDENTITY, axis);
  return { from: scale(to, -1), to, radius };
}

function toWorld(values: Float32Array, at: number, point: Vec3): Vec3 {
  const turned = rotate([values[at + 3]!, values[at + 4]!, values[at + 5]!, values[at + 6]!], point);
  return [values[at]! + turned[0], values[at + 1]! + turned[1], values[at + 2]! + turned[2]];
}

/** The least distance of a ray from a segment, and how far along the ray that is. */
function approach(origin: Vec3, direction: Vec3, from: Vec3, to: Vec3): { distance: number; along: number } {
  const v = subtract(to, from);
  const w = subtract(origin, from);
  const dot = (a: Vec3, b: Vec3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  // Minimum of |w + t·direction − s·v|² over t and 0 ≤ s ≤ 1; direction has length 1.
  const b = dot(direction, v);
  const c = dot(v, v);
  const d = dot(direction, w);
  const e = dot(v, w);
  const denominator = c - b * b;
  const s = denominator > 1e-9 ? Math.min(1, Math.max(0, (e - b * d) / denominator)) : 0;
  const along = b * s - d;
  const gap: Vec3 = [0, 1, 2].map((k) => w[k]! + along * direction[k]! - s * v[k]!) as unknown as Vec3;
  return { distance: Math.hypot(...gap), along };
}
