import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { PhysicsMotionType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import { PhysicsMaterialCombineMode } from "@babylonjs/core/Physics/v2/physicsMaterial.js";
import {
  type PhysicsShape,
  PhysicsShapeBox,
  PhysicsShapeHeightField,
} from "@babylonjs/core/Physics/v2/physicsShape.js";
import type { PhysicsWorld } from "./world.js";

/** Height of the ground, m, at a place (m). */
export type HeightMap = (x: number, z: number) => number;

/** A square of the ground, m. */
export interface GroundArea {
  readonly centerX: number;
  readonly centerZ: number;
  readonly size: number;
}

/** Edge of flat ground, m; an agent would need minutes to run off it. */
const SIZE = 4000;
/** Samples of uneven ground along an edge: at most so many, and not closer than so many m. */
const MOST_SAMPLES = 1001;
const FINEST = 0.05;

/** A flat floor at height 0, without a mesh. */
export function addGround(world: PhysicsWorld, friction = 1): PhysicsBody {
  const box = new PhysicsShapeBox(Vector3.Zero(), Quaternion.Identity(), new Vector3(SIZE, 1, SIZE), world.scene);
  return addStatic(world, box, new Vector3(0, -0.5, 0), friction);
}

/**
 * Uneven ground in an area; beside it there is nothing to stand on. The world knows its height from now on, see
 * `PhysicsWorld.heightAt`.
 */
export function addHeightField(world: PhysicsWorld, height: HeightMap, area: GroundArea, friction = 1): PhysicsBody {
  const { centerX, centerZ, size } = area;
  const count = Math.min(MOST_SAMPLES, Math.ceil(size / FINEST) + 1);
  const step = size / (count - 1);
  // As in Babylon's ground meshes: lines along x, from the far end of z to the near one. Not square, they come out wrong.
  const data = new Float32Array(count * count);
  for (let line = 0; line < count; line++) {
    const z = centerZ + size / 2 - line * step;
    for (let i = 0; i < count; i++) data[line * count + i] = height(centerX - size / 2 + i * step, z);
  }
  const shape = new PhysicsShapeHeightField(size, size, count, count, data, world.scene);
  world.heightAt = height;
  return addStatic(world, shape, new Vector3(centerX, 0, centerZ), friction);
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
