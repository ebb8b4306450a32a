import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import { PhysicsMotionType } from "@babylonjs/core/Physics/v2/IPhysicsEnginePlugin.js";
import { PhysicsBody } from "@babylonjs/core/Physics/v2/physicsBody.js";
import { PhysicsShapeBox } from "@babylonjs/core/Physics/v2/physicsShape.js";
import type { ArticulatedBody } from "../../../body/articulatedBody.js";
import { massesOf } from "../../../body/massProperties.js";
import type { BodySpec } from "../../../body/spec.js";
import type { PhysicsWorld } from "../../../body/world.js";
import { frameOf } from "../../../cli/play/bodyExtent.js";
import { boxEdge } from "../boxEdge.js";
import { POSE } from "../frameLayout.js";
import { MAX_BOXES } from "../protocol.js";

/** Of the character's mass: it staggers, and one that is any good stays up. */
const MASS_SHARE = 0.08;
/** How far above it a box begins to fall, in body heights. */
const DROP_SHARE = 0.5;
/** Down, m/s; gravity adds to it, where there is any. */
const FIRST_SPEED = 0.5;

/** Boxes that fall on characters and then lie about, a few at most. */
export class Boxes {
  private readonly boxes: PhysicsBody[] = [];
  private readonly edge: number;
  private readonly height: number;
  private readonly shape: PhysicsShapeBox;

  constructor(
    private readonly world: PhysicsWorld,
    private readonly spec: BodySpec,
  ) {
    this.edge = boxEdge(spec);
    this.height = frameOf(spec).size * DROP_SHARE;
    const size = new Vector3(this.edge, this.edge, this.edge);
    this.shape = new PhysicsShapeBox(Vector3.Zero(), Quaternion.Identity(), size, world.scene);
    this.shape.material = { friction: 0.6, restitution: 0.1 };
  }

  get count(): number {
    return this.boxes.length;
  }

  /** A box above the character's highest part, that flies along with it. */
  dropOn({ positions, linearVelocities }: ArticulatedBody): void {
    if (this.count === MAX_BOXES) this.remove(this.boxes.shift()!);
    let top = 0;
    for (let i = 3; i < positions.length; i += 3) if (positions[i + 1]! > positions[top + 1]!) top = i;
    const node = new TransformNode("box", this.world.scene);
    node.position.set(positions[top]!, positions[top + 1]! + this.height, positions[top + 2]!);
    node.rotationQuaternion = Quaternion.FromEulerAngles(0.3, 0.5, 0.2);
    const body = new PhysicsBody(node, PhysicsMotionType.DYNAMIC, false, this.world.scene);
    body.shape = this.shape;
    body.setMassProperties({ mass: MASS_SHARE * massesOf(this.spec).total });
    const { parts, total } = massesOf(this.spec);
    const velocity = new Vector3(0, -FIRST_SPEED, 0);
    for (let i = 0; i < parts.length; i++) {
      velocity.x += (parts[i]! / total) * linearVelocities[i * 3]!;
      velocity.z += (parts[i]! / total) * linearVelocities[i * 3 + 2]!;
    }
    body.setLinearVelocity(velocity);
    this.boxes.push(body);
    this.world.state.refresh();
  }

  clear(): void {
    for (const box of this.boxes.splice(0)) this.remove(box);
  }

  /** Writes the pose of each box. */
  write(out: Float32Array, offset: number): void {
    this.boxes.forEach((box, i) => {
      const [position, rotation] = this.world.havok.HP_Body_GetQTransform(box._pluginData.hpBodyId)[1];
      out.set(position, offset + i * POSE);
      out.set(rotation, offset + i * POSE + 3);
    });
  }

  private remove(box: PhysicsBody): void {
    const { transformNode } = box;
    box.dispose();
    transformNode.dispose();
    this.world.state.refresh();
  }
}
