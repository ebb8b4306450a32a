import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { DynamicTexture } from "@babylonjs/core/Materials/Textures/dynamicTexture.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import { CreateGround } from "@babylonjs/core/Meshes/Builders/groundBuilder.js";
import type { Scene } from "@babylonjs/core/scene.js";

/** m from one mark to the next. */
const INTERVAL = 5;
const COUNT = 10;
const PIXELS = { width: 256, height: 128 };

/** Distances painted on the floor along the way; a few marks that leapfrog each other. */
export class DistanceMarks {
  private readonly marks: readonly { readonly metres: number; paint(metres: number): void }[];

  /** @param x where along x the marks lie, m */
  constructor(scene: Scene, x: number) {
    this.marks = Array.from({ length: COUNT }, () => createMark(scene, x));
    this.moveTo(0);
  }

  /** Repaints marks that are far from `z` (m) to where they will be seen. */
  moveTo(z: number): void {
    const first = Math.round(z / INTERVAL - COUNT / 2);
    for (let i = first; i < first + COUNT; i++) {
      const mark = this.marks[((i % COUNT) + COUNT) % COUNT]!;
      if (mark.metres !== i * INTERVAL) mark.paint(i * INTERVAL);
    }
  }
}

function createMark(scene: Scene, x: number) {
  const mesh = CreateGround("mark", { width: 1.4, height: 1.1 }, scene);
  // Upright for a viewer on the +x side: to the right is +z, up is −x.
  mesh.rotation.y = -Math.PI / 2;
  mesh.isPickable = false;
  const texture = new DynamicTexture("mark", PIXELS, scene, true);
  texture.hasAlpha = true;
  texture.anisotropicFilteringLevel = 8;
  const material = new StandardMaterial("mark", scene);
  material.diffuseTexture = texture;
  material.useAlphaFromDiffuseTexture = true;
  material.specularColor = Color3.Black();
  material.zOffset = -1;
  mesh.material = material;
  const mark = {
    metres: Number.NaN,
    paint(metres: number) {
      mark.metres = metres;
      // Right of its line.
      mesh.position.set(x, 0.002, metres + 0.75);
      const context = texture.getContext();
      context.clearRect(0, 0, PIXELS.width, PIXELS.height);
      texture.drawText(`${metres} m`, 8, 100, "600 72px system-ui, sans-serif", "#a3b6c3", null);
    },
  };
  return mark;
}
