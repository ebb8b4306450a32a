import type { BodySpec, DriveSpec, JointSpec, LimitSpec, PartSpec, Vec3 } from "../../src/body/spec.js";

// Geometry, masses, joint ranges, springs and gears of Gymnasium's HalfCheetah (`half_cheetah.xml`, v5), in Babylon's
// frame: it lives in the plane x = 0 and runs along +z. What differs, and why:
// - MuJoCo adds a motor's torque to a joint's passive spring and damper, k(0 − θ) − cω + gear × action. That is a
//   position drive whose target is gear/k × action, which is how it is driven here; targets end at the joint's limits.
// - A little inertia on each part stands for MuJoCo's rotor inertia (0.1 kg·m² per joint).
const ARMATURE = 0.03;
const RADIUS = 0.046;
const FRICTION = 0.4;

// MuJoCo's +y; positive angles swing the lower part backward.
const AXIS: Vec3 = [1, 0, 0];

/** A joint's gear over its stiffness: the target angle of a full action, rad. */
export const ACTION_RANGES = {
  "back-thigh": 120 / 240,
  "back-shin": 90 / 180,
  "back-foot": 60 / 120,
  "front-thigh": 120 / 180,
  "front-shin": 60 / 120,
  "front-foot": 30 / 60,
} as const;

type Segment = keyof typeof ACTION_RANGES;
/** Forward and up, m. */
type Point = readonly [z: number, y: number];

function capsule(name: string, from: Point, to: Point, mass: number): PartSpec {
  return {
    name,
    shape: { kind: "capsule", from: [0, from[1], from[0]], to: [0, to[1], to[0]], radius: RADIUS },
    mass,
    friction: FRICTION,
    armature: ARMATURE,
  };
}

function hinge(
  child: Segment,
  parent: string,
  at: Point,
  limit: LimitSpec,
  stiffness: number,
  damping: number,
): JointSpec {
  // Strong enough for the spring at either limit and the motor together.
  const maxTorque = stiffness * (ACTION_RANGES[child] + Math.max(-limit[0], limit[1]));
  const drive: DriveSpec = { kind: "position", stiffness, damping, maxTorque };
  return {
    name: child,
    kind: "hinge",
    parent,
    child,
    anchor: [0, at[1], at[0]],
    axis: AXIS,
    limits: [limit],
    drives: [drive],
  };
}

export const halfCheetahBody: BodySpec = {
  name: "half-cheetah",
  root: { kind: "planar", normal: [1, 0, 0] },
  parts: [
    capsule("torso", [-0.5, 0.7], [0.5, 0.7], 4.663),
    capsule("head", [0.4854, 0.7033], [0.7146, 0.8967], 1.5872),
    capsule("back-thigh", [-0.4887, 0.6847], [-0.3113, 0.4553], 1.5435),
    capsule("back-shin", [-0.3455, 0.4465], [-0.6145, 0.3135], 1.5874),
    capsule("back-foot", [-0.6151, 0.3036], [-0.5649, 0.1224], 1.0954),
    capsule("front-thigh", [0.4961, 0.6954], [0.3639, 0.4646], 1.4381),
    capsule("front-shin", [0.3651, 0.4575], [0.4848, 0.2825], 1.2008),
    capsule("front-foot", [0.4955, 0.2678], [0.5745, 0.1522], 0.8845),
  ],
  joints: [
    { name: "neck", kind: "fixed", parent: "torso", child: "head", anchor: [0, 0.7033, 0.4854] },
    hinge("back-thigh", "torso", [-0.5, 0.7], [-0.52, 1.05], 240, 6),
    hinge("back-shin", "back-thigh", [-0.34, 0.45], [-0.785, 0.785], 180, 4.5),
    hinge("back-foot", "back-shin", [-0.62, 0.31], [-0.4, 0.785], 120, 3),
    hinge("front-thigh", "torso", [0.5, 0.7], [-1, 0.7], 180, 4.5),
    hinge("front-shin", "front-thigh", [0.36, 0.46], [-1.2, 0.87], 120, 3),
    hinge("front-foot", "front-shin", [0.49, 0.28], [-0.5, 0.5], 60, 1.5),
  ],
  feet: ["back-foot", "front-foot"],
};
