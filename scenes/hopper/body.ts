import type { BodySpec, DriveSpec, LimitSpec, Vec3 } from "../../src/body/spec.js";

// Geometry, masses and joint ranges of the planar hopper of Gymnasium (`hopper.xml`, v5), in Babylon's frame: the
// hopper lives in the plane x = 0 and hops along +z. What differs, and why:
// - MuJoCo gives every joint a rotor inertia ("armature") of 1 kg·m², which Havok does not have. Each part has some
//   inertia of its own instead: most of it the torso, which every swing of the leg would otherwise throw about.
// - It starts slightly bent: the engine lets a perfectly straight hopper stand for ever.
// - Parts of one body do not collide with each other.
const TORSO_ARMATURE = 1;
const LEG_ARMATURE = 0.3;
const ANGULAR_DAMPING = 0.5;

// Positive angles swing the lower part forward, so thigh and leg only fold backward.
const AXIS: Vec3 = [-1, 0, 0];
const FOLD: LimitSpec = [-2.618, 0];
const drive = (maxTorque: number): readonly DriveSpec[] => [{ kind: "torque", maxTorque }];

export const hopperBody: BodySpec = {
  name: "hopper",
  root: { kind: "planar", normal: [1, 0, 0] },
  parts: [
    {
      name: "torso",
      shape: { kind: "capsule", from: [0, 1.05, 0], to: [0, 1.45, 0], radius: 0.05 },
      mass: 3.665,
      friction: 0.9,
      armature: TORSO_ARMATURE,
      angularDamping: ANGULAR_DAMPING,
    },
    {
      name: "thigh",
      shape: { kind: "capsule", from: [0, 0.6, 0], to: [0, 1.05, 0], radius: 0.05 },
      mass: 4.058,
      friction: 0.9,
      armature: LEG_ARMATURE,
      angularDamping: ANGULAR_DAMPING,
    },
    {
      name: "leg",
      shape: { kind: "capsule", from: [0, 0.1, 0], to: [0, 0.6, 0], radius: 0.04 },
      mass: 2.781,
      friction: 0.9,
      armature: LEG_ARMATURE,
      angularDamping: ANGULAR_DAMPING,
    },
    {
      name: "foot",
      shape: { kind: "capsule", from: [0, 0.1, -0.13], to: [0, 0.1, 0.26], radius: 0.06 },
      mass: 5.316,
      friction: 2,
      armature: LEG_ARMATURE,
      angularDamping: ANGULAR_DAMPING,
    },
  ],
  joints: [
    {
      name: "thigh",
      kind: "hinge",
      parent: "torso",
      child: "thigh",
      anchor: [0, 1.05, 0],
      axis: AXIS,
      limits: [FOLD],
      drives: drive(200),
    },
    {
      name: "leg",
      kind: "hinge",
      parent: "thigh",
      child: "leg",
      anchor: [0, 0.6, 0],
      axis: AXIS,
      limits: [FOLD],
      drives: drive(200),
    },
    {
      name: "foot",
      kind: "hinge",
      parent: "leg",
      child: "foot",
      anchor: [0, 0.1, 0],
      axis: AXIS,
      limits: [[-0.785, 0.785]],
      drives: drive(100),
    },
  ],
  startPose: { thigh: [-0.1], leg: [-0.2], foot: [0.3] },
  feet: ["foot"],
};
