import type { BodySpec, JointSpec, PartSpec, Vec3 } from "../../src/body/spec.js";

// Geometry, masses and joint ranges of Gymnasium's Ant (`ant.xml`, v5), in Babylon's frame: +z is its front.
// What differs, and why:
// - MuJoCo gives every joint a rotor inertia of 1 kg·m², many hundred times that of a leg, and 150 N·m to overcome it.
//   Here that would shake the body to pieces; torque and armature are those of NVIDIA's Ant (IsaacGymEnvs
//   `nv_ant.xml`: 15 N·m, 0.01 kg·m²).
// - The stumps between torso and hips are part of the torso's mass and inertia, and nearly inside of its sphere.
// - It starts with its ankles in the middle of their range; Gymnasium's start lies outside of it.
const ARMATURE = 0.01;
const MAX_TORQUE = 15;
const ANGULAR_DAMPING = 1;
const HEIGHT = 0.75;
const DEGREES = Math.PI / 180;

/** The legs, and on which side of the torso they are: right (+x) or left, front (+z) or back. */
const LEGS: Readonly<Record<string, readonly [x: number, z: number]>> = {
  "front-left": [-1, 1],
  "back-left": [-1, -1],
  "back-right": [1, -1],
  "front-right": [1, 1],
};

const names = Object.keys(LEGS);

/** Point of a leg, m along both x and z from the middle. */
function along(leg: string, distance: number): Vec3 {
  const [x, z] = LEGS[leg]!;
  return [x * distance, HEIGHT, z * distance];
}

function capsule(name: string, from: Vec3, to: Vec3, mass: number): PartSpec {
  return {
    name,
    shape: { kind: "capsule", from, to, radius: 0.08 },
    mass,
    friction: 1,
    armature: ARMATURE,
    angularDamping: ANGULAR_DAMPING,
  };
}

const legParts = (leg: string): readonly PartSpec[] => [
  capsule(`${leg}-leg`, along(leg, 0.2), along(leg, 0.4), 0.03916),
  capsule(`${leg}-shin`, along(leg, 0.4), along(leg, 0.8), 0.06759),
];

function legJoints(leg: string): readonly JointSpec[] {
  const [x, z] = LEGS[leg]!;
  const drives = [{ kind: "torque", maxTorque: MAX_TORQUE }] as const;
  const shared = { kind: "hinge", drives } as const;
  return [
    {
      ...shared,
      name: `${leg}-hip`,
      parent: "torso",
      child: `${leg}-leg`,
      anchor: along(leg, 0.2),
      axis: [0, 1, 0],
      limits: [[-30 * DEGREES, 30 * DEGREES]],
    },
    {
      ...shared,
      name: `${leg}-ankle`,
      parent: `${leg}-leg`,
      child: `${leg}-shin`,
      anchor: along(leg, 0.4),
      // Up × outward: positive angles turn the shin down.
      axis: [z, 0, -x],
      limits: [[30 * DEGREES, 70 * DEGREES]],
    },
  ];
}

export const antBody: BodySpec = {
  name: "ant",
  root: { kind: "free" },
  parts: [
    {
      name: "torso",
      shape: { kind: "sphere", center: [0, HEIGHT, 0], radius: 0.25 },
      // A sphere of 0.3272 kg and four stumps of 0.0392 kg.
      mass: 0.48388,
      inertia: [0.01112, 0.01359, 0.01112],
      friction: 1,
      armature: ARMATURE,
    },
    ...names.flatMap(legParts),
  ],
  joints: names.flatMap(legJoints),
  startPose: Object.fromEntries(names.map((leg) => [`${leg}-ankle`, [50 * DEGREES]])),
  feet: names.map((leg) => `${leg}-shin`),
};
