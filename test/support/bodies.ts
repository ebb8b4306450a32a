import type { BodySpec, DriveSpec, JointSpec, LimitSpec, PartSpec, Vec3 } from "../../src/body/spec.js";

/** A box of one part, free to fall. */
export function boxBody(part: Partial<PartSpec> = {}, size: Vec3 = [1, 1, 1]): BodySpec {
  const shape = { kind: "box", center: [0, size[1] / 2, 0], size } as const;
  return { name: "box", root: { kind: "free" }, parts: [{ name: "box", shape, mass: 2, ...part }], joints: [] };
}

export interface LinkOptions {
  readonly joint?: Partial<JointSpec>;
  readonly drive?: DriveSpec;
  readonly limit?: LimitSpec;
  /** Where the link's capsule, 0.5 m long, is centred below (−) the joint, m. Default −0.25: it hangs on its end. */
  readonly center?: number;
  readonly part?: Partial<PartSpec>;
}

export const LINK_MASS = 2;
export const LINK_RADIUS = 0.05;
export const LINK_LENGTH = 0.5;

/** A 2 kg capsule on a joint 2 m above the ground, held by the world; a hinge about z where nothing else is said. */
export function linkBody({ joint, drive, limit, center = -0.25, part }: LinkOptions = {}): BodySpec {
  const middle = 2 + center;
  return {
    name: "link",
    root: { kind: "fixed" },
    parts: [
      { name: "base", shape: { kind: "sphere", center: [0, 2, 0], radius: 0.05 }, mass: 5 },
      {
        name: "link",
        shape: {
          kind: "capsule",
          from: [0, middle + LINK_LENGTH / 2, 0],
          to: [0, middle - LINK_LENGTH / 2, 0],
          radius: LINK_RADIUS,
        },
        mass: LINK_MASS,
        angularDamping: 0,
        ...part,
      },
    ],
    joints: [
      {
        name: "joint",
        kind: "hinge",
        parent: "base",
        child: "link",
        anchor: [0, 2, 0],
        axis: [0, 0, 1],
        ...(drive ? { drives: [drive] } : {}),
        ...(limit ? { limits: [limit] } : {}),
        ...joint,
      },
    ],
  };
}

/** Two sticks of equal mass, free in space, joined end to end at (0, 1, 0) by a joint of any kind. */
export function pairBody(joint: Partial<JointSpec>, part: Partial<PartSpec> = {}): BodySpec {
  return {
    name: "pair",
    root: { kind: "free" },
    parts: [
      {
        name: "upper",
        shape: { kind: "box", center: [0.1, 1.3, 0], size: [0.2, 0.5, 0.3] },
        mass: 3,
        angularDamping: 0,
        ...part,
      },
      {
        name: "lower",
        shape: { kind: "box", center: [0, 0.7, 0.1], size: [0.3, 0.5, 0.2] },
        mass: 3,
        angularDamping: 0,
        ...part,
      },
    ],
    joints: [{ name: "joint", kind: "hinge", parent: "upper", child: "lower", anchor: [0, 1, 0], ...joint }],
  };
}

const positionDrive: DriveSpec = { kind: "position", stiffness: 150, damping: 8, maxTorque: 60 };

/** A small animal with one joint of every kind, slanted axes, and position drives that hold it up. */
export const menagerie: BodySpec = {
  name: "menagerie",
  root: { kind: "free" },
  parts: [
    { name: "trunk", shape: { kind: "box", center: [0, 1, 0], size: [0.6, 0.2, 0.8] }, mass: 6 },
    { name: "thigh", shape: { kind: "capsule", from: [0.3, 1, 0.3], to: [0.5, 0.6, 0.3], radius: 0.06 }, mass: 2 },
    { name: "shin", shape: { kind: "capsule", from: [0.5, 0.6, 0.3], to: [0.5, 0.2, 0.4], radius: 0.05 }, mass: 1 },
    { name: "arm", shape: { kind: "box", center: [-0.5, 0.8, 0.2], size: [0.1, 0.5, 0.1] }, mass: 2 },
    { name: "tail", shape: { kind: "capsule", from: [0, 1, -0.4], to: [0, 0.7, -0.9], radius: 0.05 }, mass: 1.5 },
    { name: "tip", shape: { kind: "sphere", center: [0, 0.5, -1], radius: 0.1 }, mass: 0.5 },
  ],
  joints: [
    {
      name: "hip",
      kind: "spherical",
      parent: "trunk",
      child: "thigh",
      anchor: [0.3, 1, 0.3],
      axis: [1, 0, 0.3],
      secondAxis: [0, 1, 0],
      limits: [
        [-1.2, 1.2],
        [-1, 1],
        [-1, 1],
      ],
      drives: Array.from({ length: 3 }, () => positionDrive),
    },
    {
      name: "knee",
      kind: "hinge",
      parent: "thigh",
      child: "shin",
      anchor: [0.5, 0.6, 0.3],
      axis: [1, 0.2, 0],
      limits: [[-2, 1]],
      drives: [positionDrive],
    },
    {
      name: "shoulder",
      kind: "universal",
      parent: "trunk",
      child: "arm",
      anchor: [-0.4, 1, 0.2],
      axis: [0, 0, 1],
      secondAxis: [1, 1, 0],
      limits: [
        [-1, 1],
        [-1.4, 1.4],
      ],
      drives: [positionDrive, positionDrive],
    },
    {
      name: "tail",
      kind: "slider",
      parent: "trunk",
      child: "tail",
      anchor: [0, 1, -0.4],
      axis: [0, 0.5, -1],
      limits: [[-0.1, 0.2]],
      drives: [{ kind: "position", stiffness: 800, damping: 60, maxTorque: 200 }],
    },
    { name: "tip", kind: "fixed", parent: "tail", child: "tip", anchor: [0, 0.7, -0.9] },
  ],
  feet: ["shin", "arm", "tip"],
};
