import { VertexBuffer } from "@babylonjs/core/Buffers/buffer.js";
import { StandardMaterial } from "@babylonjs/core/Materials/standardMaterial.js";
import { DynamicTexture } from "@babylonjs/core/Materials/Textures/dynamicTexture.js";
import { Texture } from "@babylonjs/core/Materials/Textures/texture.js";
import { Color3, Color4 } from "@babylonjs/core/Maths/math.color.js";
import { CreateGround } from "@babylonjs/core/Meshes/Builders/groundBuilder.js";
import { CreateSphere } from "@babylonjs/core/Meshes/Builders/sphereBuilder.js";
import { Mesh } from "@babylonjs/core/Meshes/mesh.js";
import { VertexData } from "@babylonjs/core/Meshes/mesh.vertexData.js";
import type { Scene } from "@babylonjs/core/scene.js";
import type { HeightMap } from "../../body/ground.js";

/** Colour in which floor and sky meet. */
export const HORIZON = Color3.FromHexString("#e9f0f4");
const ZENITH = Color3.FromHexString("#5c9ad6");

/** Edge of the visible floor, m. */
const FLOOR = 200;
/** Edge of the floor's pattern, m. */
const TILE = 5;
const TILE_PIXELS = 1024;
/** Cells of uneven ground along an edge. */
const TERRAIN_CELLS = 400;

/** A gradient from the horizon to the zenith that is always infinitely far away; half a dome, for the floor hides the rest. */
export function drawSky(scene: Scene): void {
  scene.clearColor = Color4.FromColor3(HORIZON);
  const dome = CreateSphere("sky", { diameter: 100, segments: 12, slice: 0.5, sideOrientation: Mesh.BACKSIDE }, scene);
  const heights = dome.getVerticesData(VertexBuffer.PositionKind)!;
  const colors: number[] = [];
  for (let i = 1; i < heights.length; i += 3) {
    const color = Color3.Lerp(HORIZON, ZENITH, Math.max(0, heights[i]! / 50) ** 0.6);
    colors.push(color.r, color.g, color.b, 1);
  }
  dome.setVerticesData(VertexBuffer.ColorKind, colors);
  const material = new StandardMaterial("sky", scene);
  material.disableLighting = true;
  material.emissiveColor = Color3.White();
  material.fogEnabled = false;
  dome.material = material;
  dome.applyFog = false;
  dome.infiniteDistance = true;
  dome.isPickable = false;
}

/** Uneven ground as the world has it; without the flat floor. */
export function drawTerrain(scene: Scene, height: HeightMap, size: number): void {
  const ground = CreateGround(
    "terrain",
    { width: size, height: size, subdivisions: TERRAIN_CELLS, updatable: true },
    scene,
  );
  const positions = ground.getVerticesData(VertexBuffer.PositionKind)!;
  for (let i = 0; i < positions.length; i += 3) positions[i + 1] = height(positions[i]!, positions[i + 2]!);
  const normals: number[] = [];
  VertexData.ComputeNormals(positions, ground.getIndices(), normals);
  ground.updateVerticesData(VertexBuffer.PositionKind, positions);
  ground.updateVerticesData(VertexBuffer.NormalKind, normals);
  const material = new StandardMaterial("terrain", scene);
  material.diffuseColor = Color3.FromHexString("#cfdae1");
  material.specularColor = Color3.Black();
  ground.material = material;
  ground.receiveShadows = true;
  ground.isPickable = false;
}

/**
 * A floor with a line at every metre and a stronger one at every five.
 * @returns moves the floor along z; its lines stay where they are in the world
 */
export function drawFloor(scene: Scene): (x: number, z: number) => void {
  const texture = new DynamicTexture("floor", TILE_PIXELS, scene, true);
  const context = texture.getContext();
  context.fillStyle = "#d9e2e8";
  context.fillRect(0, 0, TILE_PIXELS, TILE_PIXELS);
  const line = (at: number, pixels: number, color: string) => {
    context.fillStyle = color;
    context.fillRect(at - pixels / 2, 0, pixels, TILE_PIXELS);
    context.fillRect(0, at - pixels / 2, TILE_PIXELS, pixels);
  };
  for (let metre = 1; metre < TILE; metre++) line((metre * TILE_PIXELS) / TILE, 4, "#c0cdd6");
  // Half of the line on each edge of the tile.
  line(0, 14, "#a5b7c4");
  line(TILE_PIXELS, 14, "#a5b7c4");
  texture.update();
  texture.anisotropicFilteringLevel = 8;
  texture.wrapU = Texture.WRAP_ADDRESSMODE;
  texture.wrapV = Texture.WRAP_ADDRESSMODE;
  texture.uScale = FLOOR / TILE;
  texture.vScale = FLOOR / TILE;

  const floor = CreateGround("floor", { width: FLOOR, height: FLOOR }, scene);
  const material = new StandardMaterial("floor", scene);
  material.diffuseTexture = texture;
  material.specularColor = Color3.Black();
  floor.material = material;
  floor.receiveShadows = true;
  floor.isPickable = false;
  return (x, z) => {
    floor.position.x = Math.round(x / TILE) * TILE;
    floor.position.z = Math.round(z / TILE) * TILE;
  };
}
