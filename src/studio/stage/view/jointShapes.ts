import { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { VertexData } from "@babylonjs/core/Meshes/mesh.vertexData.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { LimitSpec, Vec3 } from "../../../body/spec.js";
import { add, cross, scale } from "../../../body/vector.js";

/** Largest angle between two corners of an arc, rad. */
const CORNER = 0.12;

export interface Arc {
  readonly anchor: Vec3;
  readonly axis: Vec3;
  /** Where it is zero. */
  readonly start: Vec3;
  readonly limit: LimitSpec;
  /** m */
  readonly outer: number;
}

/** A flat band from one limit to the other, with a tooth at each end. */
export function arcMesh(scene: Scene, { anchor, axis, start, limit: [low, high], outer }: Arc): Mesh {
  const side = cross(axis, start);
  const at = (angle: number, radius: number) =>
    add(anchor, add(scale(start, radius * Math.cos(angle)), scale(side, radius * Math.sin(angle))));
  const positions: number[] = [];
  const indices: number[] = [];
  const quad = (a: number, b: number, inner: number) => {
    const first = positions.length / 3;
    positions.push(...at(a, inner), ...at(a, outer), ...at(b, outer), ...at(b, inner));
    indices.push(first, first + 1, first + 2, first, first + 2, first + 3);
  };
  const corners = Math.max(1, Math.ceil((high - low) / CORNER));
  for (let i = 0; i < corners; i++) {
    quad(low + (i / corners) * (high - low), low + ((i + 1) / corners) * (high - low), 0.74 * outer);
  }
  const tooth = Math.min(0.05, (high - low) / 4);
  quad(low, low + tooth, 0.45 * outer);
  quad(high - tooth, high, 0.45 * outer);
  const mesh = new Mesh("joint arc", scene);
  const data = new VertexData();
  data.positions = positions;
  data.indices = indices;
  data.applyToMesh(mesh);
  return mesh;
}
