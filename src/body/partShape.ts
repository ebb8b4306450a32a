import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { PhysicsMaterialCombineMode } from "@babylonjs/core/Physics/v2/physicsMaterial.js";
import {
  type PhysicsShape,
  PhysicsShapeBox,
  PhysicsShapeCapsule,
  PhysicsShapeSphere,
} from "@babylonjs/core/Physics/v2/physicsShape.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { shapeCenter } from "./massProperties.js";
import type { PartSpec } from "./spec.js";
import { IDENTITY, subtract } from "./vector.js";

// Collision bits. Bit 0 is the world's; each body takes one of the others, and bodies that share one are far apart in
// number. All of them leave each other alone.
const BODY_BITS = 30;
/** The collision bits of all articulated bodies. */
export const ALL_BODIES = 0x7ffffffe;

/** The collision bit of a body's parts; see `filterMembershipMask`. @param index number of the body in its world */
export function collisionBitOf(index: number): number {
  return 2 << (index % BODY_BITS);
}

export const DEFAULT_FRICTION = 0.8;

/** What a part collides with, in its own frame. */
export function createPartShape(
  part: PartSpec,
  scene: Scene,
  collisionBit: number,
  selfCollision: boolean,
): PhysicsShape {
  const shape = geometry(part, scene);
  shape.material = {
    friction: part.friction ?? DEFAULT_FRICTION,
    frictionCombine: PhysicsMaterialCombineMode.GEOMETRIC_MEAN,
    restitution: 0,
  };
  shape.filterMembershipMask = collisionBit;
  shape.filterCollideMask = ~ALL_BODIES | (selfCollision ? collisionBit : 0);
  return shape;
}

function geometry({ shape }: PartSpec, scene: Scene): PhysicsShape {
  const center = shapeCenter(shape);
  if (shape.kind === "sphere") return new PhysicsShapeSphere(Vector3.Zero(), shape.radius, scene);
  if (shape.kind === "capsule") {
    const from = subtract(shape.from, center);
    const to = subtract(shape.to, center);
    return new PhysicsShapeCapsule(new Vector3(...from), new Vector3(...to), shape.radius, scene);
  }
  const rotation = new Quaternion(...(shape.rotation ?? IDENTITY));
  return new PhysicsShapeBox(Vector3.Zero(), rotation, new Vector3(...shape.size), scene);
}
