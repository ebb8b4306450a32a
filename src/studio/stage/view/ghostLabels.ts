import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { DynamicTexture } from "@babylonjs/core/Materials/Textures/dynamicTexture.js";
import { CreatePlane } from "@babylonjs/core/Meshes/Builders/planeBuilder.js";
import { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { shapeCenter } from "../../../body/massProperties.js";
import type { BodySpec } from "../../../body/spec.js";
import { bodyExtent, frameOf } from "../../../cli/play/bodyExtent.js";
import type { FrameLayout } from "../frameLayout.js";

const PIXELS = { width: 512, height: 96 };
const LONGEST = 24;
/** Height of a label and how high it floats above the head, in body heights. */
const HEIGHT = 0.11;
const GAP = 0.1;

/** The name of each ghost, above it. */
export class GhostLabels {
  private readonly labels = new Map<number, Mesh>();
  private readonly size: number;
  /** From the root's centre up to a label, m. */
  private readonly above: number;

  constructor(
    private readonly scene: Scene,
    body: BodySpec,
    private readonly layout: FrameLayout,
  ) {
    this.size = frameOf(body).size;
    this.above = bodyExtent(body)[1] - shapeCenter(body.parts[0]!.shape)[1] + GAP * this.size;
  }

  add(slot: number, name: string): void {
    this.remove(slot);
    const height = HEIGHT * this.size;
    const mesh = CreatePlane("ghost name", { width: (height * PIXELS.width) / PIXELS.height, height }, this.scene);
    mesh.billboardMode = Mesh.BILLBOARDMODE_ALL;
    mesh.isPickable = false;
    const texture = new DynamicTexture("ghost name", PIXELS, this.scene, true);
    texture.hasAlpha = true;
    const text = name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
    texture.drawText(text, null, 68, "600 56px system-ui, sans-serif", "#37526b", "transparent");
    const material = new StandardMaterial("ghost name", this.scene);
    material.emissiveTexture = texture;
    material.opacityTexture = texture;
    material.disableLighting = true;
    mesh.material = material;
    this.labels.set(slot, mesh);
  }

  remove(slot: number): void {
    this.labels.get(slot)?.dispose(false, true);
    this.labels.delete(slot);
  }

  show(values: Float32Array): void {
    for (const [slot, mesh] of this.labels) {
      const at = this.layout.poseAt(this.layout.agents + slot, 0);
      mesh.position.set(values[at]!, values[at + 1]! + this.above, values[at + 2]!);
    }
  }
}
