import type { BodySpec, PartSpec, Vec3 } from "../../body/spec.js";
import { rotate } from "../../body/vector.js";

/** Size of a body as it is drawn, along x, y and z, m. */
export function bodyExtent(body: BodySpec): Vec3 {
  const low = [0, 1, 2].map((axis) => Math.min(...body.parts.map((part) => reach(part, axis)[0])));
  const high = [0, 1, 2].map((axis) => Math.max(...body.parts.map((part) => reach(part, axis)[1])));
  return [high[0]! - low[0]!, high[1]! - low[1]!, high[2]! - low[2]!];
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
