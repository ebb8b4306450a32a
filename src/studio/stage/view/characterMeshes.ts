import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import { CreateCapsule } from "@babylonjs/core/Meshes/Builders/capsuleBuilder.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { createPartMesh } from "../../../body/partMesh.js";
import type { BodySpec, ShapeSpec } from "../../../body/spec.js";
import { length, subtract } from "../../../body/vector.js";
import type { FrameLayout } from "../frameLayout.js";
import { MAX_GHOSTS } from "../protocol.js";
import { Copies } from "./copies.js";

type CapsuleSpec = Extract<ShapeSpec, { kind: "capsule" }>;

const GHOST_ALPHA = 0.38;

/** All characters, each part drawn once for all of them, and the translucent ghosts beside them. */
export class CharacterMeshes {
  private readonly parts: readonly Copies[];
  private readonly ghostParts: readonly Copies[];

  constructor(
    scene: Scene,
    body: BodySpec,
    private readonly layout: FrameLayout,
  ) {
    const { agents } = layout;
    const meshes = body.parts.map((part) => buildMesh(scene, part));
    const ghosts = meshes.map((mesh) => {
      const ghost = mesh.clone(`ghost ${mesh.name}`);
      // Where copies are is kept with the geometry.
      ghost.makeGeometryUnique();
      return ghost;
    });
    this.parts = meshes.map((mesh) => new Copies(mesh, agents));
    this.ghostParts = ghosts.map((mesh) => {
      mesh.material = ghostMaterial(mesh.material as StandardMaterial, scene);
      return new Copies(mesh, MAX_GHOSTS);
    });
  }

  get shadowCasters(): readonly Mesh[] {
    return this.parts.map(({ mesh }) => mesh);
  }

  /** @param ghosts which of their places are taken */
  show(values: Float32Array, ghosts: readonly number[]): void {
    const { layout } = this;
    const { agents } = layout;
    for (let part = 0; part < layout.parts; part++) {
      const copies = this.parts[part]!;
      for (let i = 0; i < agents; i++) copies.place(i, values, layout.poseAt(i, part));
      copies.commit();
      const ghostCopies = this.ghostParts[part]!;
      ghostCopies.count = ghosts.length;
      for (let i = 0; i < ghosts.length; i++) ghostCopies.place(i, values, layout.poseAt(agents + ghosts[i]!, part));
      if (ghosts.length > 0) ghostCopies.commit();
    }
  }
}

/** The part's mesh at the origin, turned as the part's frame wants it. */
function buildMesh(scene: Scene, part: BodySpec["parts"][number]): Mesh {
  const node = new TransformNode(part.name, scene);
  createPartMesh(part, node, scene);
  const fine = node.getChildMeshes<Mesh>()[0]!;
  const mesh = part.shape.kind === "capsule" ? coarseCapsule(part.name, part.shape, scene) : fine;
  mesh.material = fine.material;
  mesh.rotationQuaternion = fine.rotationQuaternion;
  mesh.parent = null;
  if (mesh !== fine) fine.dispose();
  node.dispose();
  mesh.bakeCurrentTransformIntoVertices();
  return mesh;
}

/** Without a graphics card corners cost more than anything else, and there are many characters. */
function coarseCapsule(name: string, { from, to, radius }: CapsuleSpec, scene: Scene): Mesh {
  const height = length(subtract(to, from)) + 2 * radius;
  return CreateCapsule(name, { radius, height, tessellation: 12, subdivisions: 1, capSubdivisions: 3 }, scene);
}

function ghostMaterial(solid: StandardMaterial, scene: Scene): StandardMaterial {
  const material = new StandardMaterial(`ghost ${solid.name}`, scene);
  material.diffuseColor = Color3.Lerp(solid.diffuseColor, new Color3(0.75, 0.85, 1), 0.55);
  material.specularColor = Color3.Black();
  material.alpha = GHOST_ALPHA;
  // Without it the far side of each part shines through the near one.
  material.needDepthPrePass = true;
  return material;
}
