import { perSpec } from "./perSpec.js";
import type { PartSpec, Quat, ShapeSpec, Vec3 } from "./spec.js";
import { add, between, IDENTITY, length, normalize, scale, subtract } from "./vector.js";

/** Centre of the shape, in the drawing; the origin of the part's frame. */
export function shapeCenter(shape: ShapeSpec): Vec3 {
  return shape.kind === "capsule" ? scale(add(shape.from, shape.to), 0.5) : shape.center;
}

/** The rotation from the shape's principal axes (a capsule stands on y) to the part's frame. */
export function shapeRotation(shape: ShapeSpec): Quat {
  if (shape.kind === "capsule") {
    const along = subtract(shape.to, shape.from);
    return length(along) > 0 ? between([0, 1, 0], normalize(along)) : IDENTITY;
  }
  return (shape.kind === "box" && shape.rotation) || IDENTITY;
}

/** Principal moments, kg·m², of a solid, uniform shape of the given mass (kg) about its centre. */
export function solidInertia(shape: ShapeSpec, mass: number): Vec3 {
  if (shape.kind === "sphere") {
    const moment = 0.4 * mass * shape.radius ** 2;
    return [moment, moment, moment];
  }
  if (shape.kind === "box") {
    const [x, y, z] = shape.size;
    return [(mass / 12) * (y * y + z * z), (mass / 12) * (x * x + z * z), (mass / 12) * (x * x + y * y)];
  }
  // A cylinder of height h with a hemisphere at each end, masses by volume; a hemisphere's own centroid lies 3r/8 from
  // its base, about which its transverse moment is (83/320) m r².
  const r = shape.radius;
  const h = length(subtract(shape.to, shape.from));
  const cylinderVolume = h * r * r;
  const capsVolume = (4 / 3) * r ** 3;
  const cylinder = (mass * cylinderVolume) / (cylinderVolume + capsVolume);
  const caps = mass - cylinder;
  const axial = cylinder * 0.5 * r * r + caps * 0.4 * r * r;
  const transverse = cylinder * ((h * h) / 12 + (r * r) / 4) + caps * ((83 / 320) * r * r + (h / 2 + (3 / 8) * r) ** 2);
  return [transverse, axial, transverse];
}

/** The part's principal moments with its armature, kg·m². */
export function partInertia(part: PartSpec): Vec3 {
  const armature = part.armature ?? 0;
  return add(part.inertia ?? solidInertia(part.shape, part.mass), [armature, armature, armature]);
}

/** Masses of a body's parts, kg, and their sum. */
export const massesOf = perSpec((spec) => {
  const parts = Float64Array.from(spec.parts, (part) => part.mass);
  return { parts, total: parts.reduce((sum, mass) => sum + mass, 0) };
});
