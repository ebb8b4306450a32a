import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { VertexData } from "@babylonjs/core/Meshes/mesh.vertexData.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { PhysicsMotionType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import { PhysicsMaterialCombineMode } from "@babylonjs/core/Physics/v2/physicsMaterial.js";
import { type PhysicsShape, PhysicsShapeBox, PhysicsShapeMesh } from "@babylonjs/core/Physics/v2/physicsShape.js";
import type { PhysicsWorld } from "./world.js";

/** Height of the ground, m, at a place (m). */
export type HeightMap = (x: number, z: number) => number;

/** A rectangle of the ground, m. */
export interface GroundArea {
  readonly minX: number;
  readonly maxX: number;
  readonly minZ: number;
  readonly maxZ: number;
}

/** Edge of flat ground, m; an agent would need minutes to run off it. */
const SIZE = 4000;
/** Edge of the triangles of uneven ground, m. Finer ones, and the engine's own height fields, throw rolling wheels about. */
const CELL = 0.25;

/** A flat floor at height 0, without a mesh. */
export function addGround(world: PhysicsWorld, friction = 1): PhysicsBody {
  const box = new PhysicsShapeBox(Vector3.Zero(), Quaternion.Identity(), new Vector3(SIZE, 1, SIZE), world.scene);
  return addStatic(world, box, new Vector3(0, -0.5, 0), friction);
}

/**
 * Uneven ground in an area; beside it there is nothing to stand on. The world knows its height from now on, see
 * `PhysicsWorld.heightAt`.
 */
export function addUnevenGround(world: PhysicsWorld, height: HeightMap, area: GroundArea, friction = 1): PhysicsBody {
  const mesh = new Mesh("ground", world.scene);
  triangles(height, area).applyToMesh(mesh);
  const shape = new PhysicsShapeMesh(mesh, world.scene);
  mesh.dispose();
  world.heightAt = height;
  return addStatic(world, shape, Vector3.Zero(), friction);
}

/** Squares of two triangles each over a rectangle. */
function triangles(height: HeightMap, { minX, maxX, minZ, maxZ }: GroundArea): VertexData {
  const columns = Math.max(1, Math.ceil((maxX - minX) / CELL));
  const rows = Math.max(1, Math.ceil((maxZ - minZ) / CELL));
  const data = new VertexData();
  const positions = new Float32Array((columns + 1) * (rows + 1) * 3);
  const indices = new Uint32Array(columns * rows * 6);
  for (let row = 0, i = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      const x = minX + (column / columns) * (maxX - minX);
      const z = minZ + (row / rows) * (maxZ - minZ);
      positions[i++] = x;
      positions[i++] = height(x, z);
      positions[i++] = z;
    }
  }
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const near = row * (columns + 1) + column;
      const far = near + columns + 1;
      for (const corner of [near, near + 1, far, near + 1, far + 1, far]) indices[i++] = corner;
    }
  }
  data.positions = positions;
  data.indices = indices;
  return data;
}

function addStatic(world: PhysicsWorld, shape: PhysicsShape, at: Vector3, friction: number): PhysicsBody {
  const node = new TransformNode("ground", world.scene);
  node.position.copyFrom(at);
  const body = new PhysicsBody(node, PhysicsMotionType.STATIC, false, world.scene);
  shape.material = { friction, frictionCombine: PhysicsMaterialCombineMode.GEOMETRIC_MEAN, restitution: 0 };
  body.shape = shape;
  node.onDisposeObservable.addOnce(() => shape.dispose());
  return body;
}
