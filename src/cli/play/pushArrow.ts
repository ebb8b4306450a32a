import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import { Quaternion, Vector3 } from "@babylonjs/core/Maths/math.vector.js";
import { CreateCylinder } from "@babylonjs/core/Meshes/Builders/cylinderBuilder.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";

const HEAD = 0.18;
const UP = Vector3.Up();

/** The arrow that shows a push in the making. */
export class PushArrow {
  private readonly node: TransformNode;
  private readonly shaft: Mesh;
  private readonly head: Mesh;

  constructor(scene: Scene) {
    this.node = new TransformNode("push", scene);
    this.node.rotationQuaternion = Quaternion.Identity();
    this.shaft = CreateCylinder("push shaft", { diameter: 0.045, height: 1, tessellation: 16 }, scene);
    this.head = CreateCylinder(
      "push head",
      { diameterTop: 0, diameterBottom: 0.14, height: HEAD, tessellation: 20 },
      scene,
    );
    const material = new StandardMaterial("push", scene);
    material.disableLighting = true;
    material.emissiveColor = Color3.FromHexString("#d81e5b");
    for (const mesh of [this.shaft, this.head]) {
      mesh.parent = this.node;
      mesh.material = material;
      mesh.isPickable = false;
      // Drawn over everything: the part would hide the beginning.
      mesh.renderingGroupId = 1;
    }
    this.hide();
  }

  show(from: Vector3, drag: Vector3): void {
    const length = drag.length();
    const shaft = Math.max(0.001, length - HEAD);
    this.node.setEnabled(length > 0.02);
    this.node.position.copyFrom(from);
    Quaternion.FromUnitVectorsToRef(UP, drag.normalizeToNew(), this.node.rotationQuaternion!);
    this.shaft.scaling.y = shaft;
    this.shaft.position.y = shaft / 2;
    this.head.position.y = shaft + HEAD / 2;
  }

  hide(): void {
    this.node.setEnabled(false);
  }
}
