import type { BodySpec, DriveSpec, JointSpec, LimitSpec, PartSpec, ShapeSpec, Vec3 } from "../../src/body/spec.js";

// Sixteen parts, 109 kg, 26 joint values: facts from Unity ML-Agents' Walker prefab (`WalkerRagdoll.prefab`: shapes,
// masses, anchors, axes, limits), drawn in its T-pose with the ground at height 0. Unity's frame is Babylon's; its joint
// angles turn the parent against the part, so their sign is turned round. Here every positive angle about a joint's
// first axis bends it (trunk and head forward, thigh forward, knee and elbow shut, toes up, arm forward), and one about
// the second moves a limb the same way on both sides: thigh and toes outward, arm down.
//
// What differs, and why: Unity's drives (40000 N·m/rad, 20000 N·m) would throw the body into the air in this engine.
// These are weak enough that their dampers act as dampers. A little inertia on each part keeps the joints tight.
const ARMATURE = 0.05;
const DAMPING = 0.05;
const FRICTION = 1;
const DEGREES = Math.PI / 180;

const TRUNK_OR_LEG: DriveSpec = { kind: "position", stiffness: 750, damping: 37, maxTorque: 180 };
const ANKLE: DriveSpec = { kind: "position", stiffness: 500, damping: 25, maxTorque: 120 };
const SHOULDER: DriveSpec = { kind: "position", stiffness: 150, damping: 8, maxTorque: 48 };
const ELBOW: DriveSpec = { kind: "position", stiffness: 100, damping: 5, maxTorque: 36 };
const NECK: DriveSpec = { kind: "position", stiffness: 150, damping: 8, maxTorque: 36 };

/** Limits in degrees, as in the prefab. */
const degrees = (low: number, high: number): LimitSpec => [low * DEGREES, high * DEGREES];
const within = (most: number): LimitSpec => degrees(-most, most);

function part(name: string, mass: number, shape: ShapeSpec): PartSpec {
  return {
    name,
    shape,
    mass,
    friction: FRICTION,
    armature: ARMATURE,
    linearDamping: DAMPING,
    angularDamping: DAMPING,
  };
}

/** A capsule around `[x, y, 0]` that lies along x. `half`: from its middle to the centre of each end. */
function across(x: number, y: number, half: number, radius: number): ShapeSpec {
  return { kind: "capsule", from: [x - half, y, 0], to: [x + half, y, 0], radius };
}

/** The same, standing. */
function upright(x: number, y: number, half: number, radius: number): ShapeSpec {
  return { kind: "capsule", from: [x, y - half, 0], to: [x, y + half, 0], radius };
}

type Side = "left" | "right";
/** Right is +x. */
const signOf = (side: Side) => (side === "right" ? 1 : -1);

function limbParts(side: Side): readonly PartSpec[] {
  const sign = signOf(side);
  const hip = sign * 0.131998;
  const footCenter: Vec3 = [hip, 0.0357821, 0.0328332];
  return [
    part(`${side}-thigh`, 14, upright(hip, 0.564, 0.06, 0.09)),
    part(`${side}-shin`, 7, upright(hip, 0.234, 0.1, 0.06)),
    part(`${side}-foot`, 5, { kind: "box", center: footCenter, size: [0.1278477, 0.043051, 0.2300252] }),
    part(`${side}-upper-arm`, 4, across(sign * 0.4125, 1.31904, 0.085, 0.08)),
    part(`${side}-forearm`, 3, across(sign * 0.7425, 1.31904, 0.07, 0.08)),
    part(`${side}-hand`, 2, { kind: "sphere", center: [sign * 0.9735, 1.31904, 0], radius: 0.08 }),
  ];
}

function limbJoints(side: Side): readonly JointSpec[] {
  const sign = signOf(side);
  const hip = sign * 0.131998;
  return [
    {
      name: `${side}-hip`,
      kind: "universal",
      parent: "hips",
      child: `${side}-thigh`,
      anchor: [hip, 0.724, 0],
      axis: [-1, 0, 0],
      secondAxis: [0, 0, sign],
      limits: [degrees(-60, 90), within(40)],
      drives: [TRUNK_OR_LEG, TRUNK_OR_LEG],
    },
    {
      name: `${side}-knee`,
      kind: "hinge",
      parent: `${side}-thigh`,
      child: `${side}-shin`,
      anchor: [hip, 0.404, 0],
      axis: [1, 0, 0],
      limits: [degrees(0, 120)],
      drives: [TRUNK_OR_LEG],
    },
    {
      name: `${side}-ankle`,
      kind: "spherical",
      parent: `${side}-shin`,
      child: `${side}-foot`,
      anchor: [hip, 0.066, 0],
      axis: [-1, 0, 0],
      secondAxis: [0, sign, 0],
      limits: [within(20), within(20), within(20)],
      drives: [ANKLE, ANKLE, ANKLE],
    },
    {
      name: `${side}-shoulder`,
      kind: "universal",
      parent: "chest",
      child: `${side}-upper-arm`,
      anchor: [sign * 0.2325, 1.31904, 0],
      axis: [0, -sign, 0],
      secondAxis: [0, 0, -sign],
      limits: [degrees(-60, 120), within(100)],
      drives: [SHOULDER, SHOULDER],
    },
    {
      name: `${side}-elbow`,
      kind: "hinge",
      parent: `${side}-upper-arm`,
      child: `${side}-forearm`,
      anchor: [sign * 0.5825, 1.31904, 0],
      axis: [0, -sign, 0],
      limits: [degrees(0, 160)],
      drives: [ELBOW],
    },
    {
      name: `${side}-wrist`,
      kind: "fixed",
      parent: `${side}-forearm`,
      child: `${side}-hand`,
      anchor: [sign * 0.9735, 1.31904, 0],
    },
  ];
}

/** Bends forward, leans to the left, turns. */
function spineJoint(name: string, parent: string, child: string, height: number): JointSpec {
  return {
    name,
    kind: "spherical",
    parent,
    child,
    anchor: [0, height, 0],
    axis: [1, 0, 0],
    secondAxis: [0, 0, 1],
    limits: [within(20), within(20), within(15)],
    drives: [TRUNK_OR_LEG, TRUNK_OR_LEG, TRUNK_OR_LEG],
  };
}

/** The legs a little bent with the soles flat, the arms hanging: it stands like this without any help. */
const limbStart = (side: Side) => ({
  [`${side}-hip`]: [0.25, 0],
  [`${side}-knee`]: [0.5],
  [`${side}-ankle`]: [0.25, 0, 0],
  [`${side}-shoulder`]: [0, 1.2],
  [`${side}-elbow`]: [0.4],
});

export const walkerBody: BodySpec = {
  name: "walker",
  root: { kind: "free" },
  parts: [
    part("hips", 15, across(0, 0.828, 0.11, 0.1)),
    part("spine", 10, across(0, 1.05339, 0.1, 0.08)),
    part("chest", 8, across(0, 1.31904, 0.095, 0.13)),
    part("head", 6, { kind: "sphere", center: [0, 1.7685, 0], radius: 0.22 }),
    ...limbParts("left"),
    ...limbParts("right"),
  ],
  joints: [
    spineJoint("spine", "hips", "spine", 0.95339),
    spineJoint("chest", "spine", "chest", 1.15904),
    {
      name: "neck",
      kind: "universal",
      parent: "chest",
      child: "head",
      anchor: [0, 1.4885, 0],
      axis: [1, 0, 0],
      secondAxis: [0, 0, 1],
      limits: [degrees(-10, 30), within(20)],
      drives: [NECK, NECK],
    },
    ...limbJoints("left"),
    ...limbJoints("right"),
  ],
  startPose: { ...limbStart("left"), ...limbStart("right") },
  feet: ["left-foot", "right-foot"],
  mirror: Object.fromEntries(
    ["thigh", "shin", "foot", "upper-arm", "forearm", "hand"].map((part) => [`left-${part}`, `right-${part}`]),
  ),
};
