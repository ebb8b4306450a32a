import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { type FrameLayout, POSE } from "../frameLayout.js";
import { MAX_BOXES } from "../protocol.js";
import { Copies } from "./copies.js";

/** The boxes that have fallen. */
export class BoxMeshes {
  private readonly boxes: Copies;
  private shown = -1;

  /** @param edge m */
  constructor(
    scene: Scene,
    edge: number,
    private readonly layout: FrameLayout,
  ) {
    const mesh = CreateBox("box", { size: edge }, scene);
    const material = new StandardMaterial("box", scene);
    material.diffuseColor = Color3.FromHexString("#c8965a");
    material.specularColor = Color3.Black();
    mesh.material = material;
    this.boxes = new Copies(mesh, MAX_BOXES);
    this.show(new Float32Array(layout.length), 0);
  }

  get shadowCaster(): Mesh {
    return this.boxes.mesh;
  }

  show(values: Float32Array, count: number): void {
    if (count === 0 && this.shown === 0) return;
    this.shown = count;
    this.boxes.count = count;
    for (let i = 0; i < count; i++) this.boxes.place(i, values, this.layout.boxesAt + i * POSE);
    if (count > 0) this.boxes.commit();
  }
}
