import type { BodySpec, JointSpec, LimitSpec, PartSpec } from "../../src/body/spec.js";

/** A pole on the cart, or on the pole before it. */
export interface Pole {
  readonly mass: number;
  readonly radius: number;
  /** m */
  readonly length: number;
  /** rad; without it the pole may turn round and round. */
  readonly limit?: LimitSpec;
}

export interface CartOptions {
  readonly name: string;
  /** Of the rail above the ground, m. */
  readonly height: number;
  /** The cart can move this far from the middle, m. */
  readonly reach: number;
  /** N */
  readonly maxForce: number;
  /** Loss of angular velocity of the poles, 1/s. */
  readonly damping: number;
  readonly poles: readonly Pole[];
}

/**
 * A cart on a rail along +z and poles that stand on it, one on the other, drawn upright. Cart and rail as in Gymnasium's
 * InvertedPendulum (`inverted_pendulum.xml`, v5), in Babylon's frame. The rail is part of the world.
 */
export function cartWithPoles({ name, height, reach, maxForce, damping, poles }: CartOptions): BodySpec {
  const parts: PartSpec[] = [
    {
      name: "rail",
      shape: { kind: "capsule", from: [0, height, -reach], to: [0, height, reach], radius: 0.02 },
      mass: 1,
    },
    {
      name: "cart",
      shape: { kind: "capsule", from: [0, height, -0.1], to: [0, height, 0.1], radius: 0.1 },
      mass: 10.472,
    },
  ];
  const joints: JointSpec[] = [
    {
      name: "cart",
      kind: "slider",
      parent: "rail",
      child: "cart",
      anchor: [0, height, 0],
      axis: [0, 0, 1],
      limits: [[-reach, reach]],
      drives: [{ kind: "torque", maxTorque: maxForce }],
    },
  ];
  let foot = height;
  poles.forEach(({ mass, radius, length, limit }, i) => {
    const pole = poles.length === 1 ? "pole" : `pole-${i + 1}`;
    parts.push({
      name: pole,
      shape: { kind: "capsule", from: [0, foot, 0], to: [0, foot + length, 0], radius },
      mass,
      angularDamping: damping,
    });
    joints.push({
      name: pole,
      kind: "hinge",
      parent: parts.at(-2)!.name,
      child: pole,
      anchor: [0, foot, 0],
      // Positive angles lean the pole forward.
      axis: [1, 0, 0],
      ...(limit ? { limits: [limit] } : {}),
    });
    foot += length;
  });
  return { name, root: { kind: "fixed" }, parts, joints };
}

export const invertedPendulumBody = cartWithPoles({
  name: "inverted-pendulum",
  height: 1,
  reach: 1,
  // Gear 100 and actions to ±3.
  maxForce: 300,
  damping: 1,
  poles: [{ mass: 5.0186, radius: 0.049, length: 0.6, limit: [-Math.PI / 2, Math.PI / 2] }],
});
