import type { BodySpec, PartSpec, Vec3 } from "../../body/spec.js";
import { rotate } from "../../body/vector.js";

/** Size of a body as it is drawn, along x, y and z, m. */
export function bodyExtent(body: BodySpec): Vec3 {
  const [low, high] = [lowest(body), highest(body)];
  return [high[0] - low[0], high[1] - low[1], high[2] - low[2]];
}

/** What a camera that looks along x should show of a body. */
export interface Frame {
  /** m from top to bottom */
  readonly size: number;
  /** m above the ground */
  readonly middle: number;
}

/** A body's height counts, and its length where it is longer than high, as swimmers are. */
export function frameOf(body: BodySpec): Frame {
  const [, height, length] = bodyExtent(body);
  // Only what hangs on the world stays where it is drawn; others stand on the ground.
  const bottom = body.root.kind === "fixed" ? lowest(body)[1] : 0;
  return { size: Math.max(height, 0.6 * length), middle: bottom + 0.45 * height };
}

function lowest({ parts }: BodySpec): Vec3 {
  const along = (axis: number) => Math.min(...parts.map((part) => reach(part, axis)[0]));
  return [along(0), along(1), along(2)];
}

function highest({ parts }: BodySpec): Vec3 {
  const along = (axis: number) => Math.max(...parts.map((part) => reach(part, axis)[1]));
  return [along(0), along(1), along(2)];
}

/** From where to where a part reaches along one axis, m. */
function reach({ shape }: PartSpec, axis: number): [number, number] {
  if (shape.kind === "capsule") {
    const ends = [shape.from[axis]!, shape.to[axis]!];
    return [Math.min(...ends) - shape.radius, Math.max(...ends) + shape.radius];
  }
  const half = shape.kind === "sphere" ? shape.radius : boxReach(shape.size, shape.rotation, axis);
  return [shape.center[axis]! - half, shape.center[axis]! + half];
}

function boxReach(
  size: Vec3,
  rotation: readonly [number, number, number, number] = [0, 0, 0, 1],
  axis: number,
): number {
  const edges: readonly Vec3[] = [
    [size[0] / 2, 0, 0],
    [0, size[1] / 2, 0],
    [0, 0, size[2] / 2],
  ];
  return edges.reduce((sum, edge) => sum + Math.abs(rotate(rotation, edge)[axis]!), 0);
}
