import type { BodySpec, JointSpec, LimitSpec, PartSpec, Vec3 } from "../../src/body/spec.js";

// Geometry, masses, joint ranges and torques of the planar walker of Gymnasium (`walker2d_v5.xml`), in Babylon's frame:
// it lives in the plane x = 0 and walks along +z; both legs are drawn in the same place and pass through each other.
// What differs, and why:
// - Each part has a little inertia of its own in place of MuJoCo's rotor inertia (0.01 kg·m² per joint), enough to keep
//   this engine's joints tight under full torque.
// - It starts slightly bent: the engine lets a perfectly straight leg stand for ever.
const ARMATURE = 0.05;
const MAX_TORQUE = 100;

// Positive angles swing the lower part forward, so thigh and leg only fold backward.
const AXIS: Vec3 = [-1, 0, 0];
const FOLD: LimitSpec = [-2.618, 0];
const TILT: LimitSpec = [-0.785, 0.785];

type Side = "right" | "left";

function capsule(name: string, from: Vec3, to: Vec3, radius: number, mass: number, friction: number): PartSpec {
  return { name, shape: { kind: "capsule", from, to, radius }, mass, friction, armature: ARMATURE };
}

const legParts = (side: Side): readonly PartSpec[] => [
  capsule(`${side}-thigh`, [0, 0.6, 0], [0, 1.05, 0], 0.05, 4.0579, 0.9),
  capsule(`${side}-leg`, [0, 0.1, 0], [0, 0.6, 0], 0.04, 2.7814, 0.9),
  capsule(`${side}-foot`, [0, 0.1, 0], [0, 0.1, 0.2], 0.06, 3.1667, 1.9),
];

function hinge(child: string, parent: string, height: number, limit: LimitSpec): JointSpec {
  return {
    name: child,
    kind: "hinge",
    parent,
    child,
    anchor: [0, height, 0],
    axis: AXIS,
    limits: [limit],
    drives: [{ kind: "torque", maxTorque: MAX_TORQUE }],
  };
}

const legJoints = (side: Side): readonly JointSpec[] => [
  hinge(`${side}-thigh`, "torso", 1.05, FOLD),
  hinge(`${side}-leg`, `${side}-thigh`, 0.6, FOLD),
  hinge(`${side}-foot`, `${side}-leg`, 0.1, TILT),
];

export const walker2dBody: BodySpec = {
  name: "walker2d",
  root: { kind: "planar", normal: [1, 0, 0] },
  parts: [capsule("torso", [0, 1.05, 0], [0, 1.45, 0], 0.05, 3.6652, 0.9), ...legParts("right"), ...legParts("left")],
  joints: [...legJoints("right"), ...legJoints("left")],
  startPose: {
    "right-thigh": [-0.1],
    "right-leg": [-0.2],
    "right-foot": [0.3],
    "left-thigh": [-0.1],
    "left-leg": [-0.2],
    "left-foot": [0.3],
  },
  feet: ["right-foot", "left-foot"],
};
