import type { BodySpec, ShapeSpec, Vec3 } from "./spec.js";
import { scale } from "./vector.js";

/** The same body larger or smaller: all lengths of parts and between joints × `factor`. Masses and limits stay. */
export function resized(spec: BodySpec, factor: number): BodySpec {
  return {
    ...spec,
    parts: spec.parts.map((part) => ({
      ...part,
      shape: resizedShape(part.shape, factor),
      // Moments of inertia go with the square of lengths.
      ...(part.inertia ? { inertia: scale(part.inertia, factor * factor) } : {}),
    })),
    joints: spec.joints.map((joint) => ({ ...joint, anchor: scale(joint.anchor, factor) })),
  };
}

function resizedShape(shape: ShapeSpec, factor: number): ShapeSpec {
  const times = (v: Vec3) => scale(v, factor);
  if (shape.kind === "capsule") {
    return { ...shape, from: times(shape.from), to: times(shape.to), radius: factor * shape.radius };
  }
  if (shape.kind === "sphere") return { ...shape, center: times(shape.center), radius: factor * shape.radius };
  return { ...shape, center: times(shape.center), size: times(shape.size) };
}
