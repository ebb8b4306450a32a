import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { PhysicsMotionType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import { PhysicsMaterialCombineMode } from "@babylonjs/core/Physics/v2/physicsMaterial.js";
import { PhysicsShapeBox } from "@babylonjs/core/Physics/v2/physicsShape.js";
import type { PhysicsWorld } from "./world.js";

/** Edge of the ground, m; an agent would need minutes to run off it. */
const SIZE = 4000;

/** A flat floor at height 0, without a mesh. */
export function addGround(world: PhysicsWorld, friction = 1): PhysicsBody {
  const node = new TransformNode("ground", world.scene);
  node.position.y = -0.5;
  const body = new PhysicsBody(node, PhysicsMotionType.STATIC, false, world.scene);
  const shape = new PhysicsShapeBox(Vector3.Zero(), Quaternion.Identity(), new Vector3(SIZE, 1, SIZE), world.scene);
  shape.material = { friction, frictionCombine: PhysicsMaterialCombineMode.GEOMETRIC_MEAN, restitution: 0 };
  body.shape = shape;
  node.onDisposeObservable.addOnce(() => shape.dispose());
  return body;
}
