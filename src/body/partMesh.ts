import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { Color3 } from "@babylonjs/core/Maths/math.color.js";
import { Quaternion } from "@babylonjs/core/Maths/math.vector.js";
import { CreateBox } from "@babylonjs/core/Meshes/Builders/boxBuilder.js";
import { CreateCapsule } from "@babylonjs/core/Meshes/Builders/capsuleBuilder.js";
import { CreateSphere } from "@babylonjs/core/Meshes/Builders/sphereBuilder.js";
import type { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { PartMeshFactory } from "./articulatedBody.js";
import { shapeRotation } from "./massProperties.js";
import type { PartSpec } from "./spec.js";
import { length, subtract } from "./vector.js";

/** Neighbours in this list are easy to tell apart; parts take them in the order in which a scene first shows them. */
const COLORS = ["#f4a259", "#e4572e", "#2a9d8f", "#2f4858", "#8ab17d", "#bc6c9c", "#5b8fd6", "#e9c46a"];

/** Name of the material of all parts with this name. */
const materialName = (part: PartSpec) => `part ${part.name}`;

/**
 * Draws a part as the shape that collides: same size, same place. Parts of one name share a colour throughout the scene.
 *
 * Meshes go with the body when it is disposed of; their materials belong to the scene.
 */
export const createPartMesh: PartMeshFactory = (part, node, scene) => {
  const mesh = buildShape(part, scene);
  mesh.parent = node;
  mesh.rotationQuaternion = new Quaternion(...shapeRotation(part.shape));
  mesh.material = partMaterial(part, scene);
};

function buildShape(part: PartSpec, scene: Scene): Mesh {
  const { name, shape } = part;
  if (shape.kind === "sphere") return CreateSphere(name, { diameter: 2 * shape.radius, segments: 16 }, scene);
  if (shape.kind === "box") {
    const [width, height, depth] = shape.size;
    return CreateBox(name, { width, height, depth }, scene);
  }
  const height = length(subtract(shape.to, shape.from)) + 2 * shape.radius;
  return CreateCapsule(
    name,
    { radius: shape.radius, height, tessellation: 20, subdivisions: 1, capSubdivisions: 6 },
    scene,
  );
}

function partMaterial(part: PartSpec, scene: Scene): StandardMaterial {
  const known = scene.getMaterialByName(materialName(part));
  if (known) return known as StandardMaterial;
  const others = scene.materials.filter(({ name }) => name.startsWith("part ")).length;
  const material = new StandardMaterial(materialName(part), scene);
  material.diffuseColor = Color3.FromHexString(COLORS[others % COLORS.length]!);
  material.specularColor = new Color3(0.18, 0.18, 0.18);
  material.specularPower = 48;
  return material;
}
