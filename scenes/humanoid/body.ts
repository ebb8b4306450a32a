import type { BodySpec, DriveSpec, JointSpec, LimitSpec, PartSpec, Vec3 } from "../../src/body/spec.js";

// Geometry, masses, joint ranges and gears of Gymnasium's Humanoid (`humanoid.xml`, v5), in Babylon's frame: +z is its
// front, −x its left. What differs, and why:
// - MuJoCo's joint torques (gear × 0.4) act against passive springs of 10 to 20 N·m/rad. Here every joint value has a
//   position drive that is as strong as its motor: the body stands by itself, and a policy asks for angles.
// - Feet and shins, hands and lower arms, head, waist and chest are welded there; here a hand is part of its arm, and the
//   others hang on fixed joints.
// - It starts with bent knees.
// - Only the left thigh's outward and inward turns are mirrored in MuJoCo; here all of the left side is.
const ARMATURE = 0.03;
const DEGREES = Math.PI / 180;

/** MuJoCo's point (x forward, y left, z up). */
const point = (x: number, y: number, z: number): Vec3 => [-y, z, x];
const degrees = (low: number, high: number): LimitSpec => [low * DEGREES, high * DEGREES];

/** A position drive that reaches its strongest torque (N·m) when half a radian is missing. */
const drive = (maxTorque: number): DriveSpec => ({
  kind: "position",
  stiffness: 2 * maxTorque,
  damping: maxTorque / 10,
  maxTorque,
});

function capsule(name: string, from: Vec3, to: Vec3, radius: number, mass: number): PartSpec {
  return { name, shape: { kind: "capsule", from, to, radius }, mass, friction: 1, armature: ARMATURE };
}

function sphere(name: string, center: Vec3, radius: number, mass: number): PartSpec {
  return { name, shape: { kind: "sphere", center, radius }, mass, friction: 1, armature: ARMATURE };
}

type Side = "right" | "left";
/** MuJoCo's y is positive on the left. */
const signOf = (side: Side) => (side === "left" ? 1 : -1);

function limbParts(side: Side): readonly PartSpec[] {
  const y = signOf(side);
  return [
    capsule(`${side}-thigh`, point(-0.009, y * 0.1, 0.935), point(-0.006, y * 0.09, 0.595), 0.06, 4.7518),
    capsule(`${side}-shin`, point(-0.006, y * 0.09, 0.532), point(-0.003, y * 0.09, 0.232), 0.049, 2.7557),
    sphere(`${side}-foot`, point(-0.003, y * 0.09, 0.182), 0.075, 1.7671),
    capsule(`${side}-upper-arm`, point(0, y * 0.17, 1.46), point(0.16, y * 0.33, 1.3), 0.04, 1.6611),
    // The hand's sphere is as good as the end of this capsule.
    capsule(`${side}-lower-arm`, point(0.19, y * 0.34, 1.29), point(0.355, y * 0.175, 1.455), 0.034, 1.2295),
  ];
}

function limbJoints(side: Side): readonly JointSpec[] {
  const y = signOf(side);
  const hip = point(-0.009, y * 0.1, 0.935);
  return [
    {
      name: `${side}-hip`,
      kind: "spherical",
      parent: "pelvis",
      child: `${side}-thigh`,
      anchor: hip,
      // Positive: thigh forward, outward turn of the toes, leg inward.
      axis: [-1, 0, 0],
      secondAxis: [0, -y, 0],
      limits: [degrees(-20, 110), degrees(-35, 60), degrees(-25, 5)],
      drives: [drive(120), drive(40), drive(40)],
    },
    {
      name: `${side}-knee`,
      kind: "hinge",
      parent: `${side}-thigh`,
      child: `${side}-shin`,
      anchor: point(-0.006, y * 0.09, 0.552),
      axis: [1, 0, 0],
      limits: [degrees(2, 160)],
      drives: [drive(80)],
    },
    {
      name: `${side}-ankle`,
      kind: "fixed",
      parent: `${side}-shin`,
      child: `${side}-foot`,
      anchor: point(-0.003, y * 0.09, 0.232),
    },
    {
      name: `${side}-shoulder`,
      kind: "universal",
      parent: "torso",
      child: `${side}-upper-arm`,
      anchor: point(0, y * 0.17, 1.46),
      // MuJoCo's axes (2, ∓1, 1) and (0, ±1, 1), on the right the other way round so that both sides have its left's signs.
      axis: [-1, -y, -2 * y],
      secondAxis: [1, -y, 0],
      limits: [degrees(-60, 85), degrees(-60, 85)],
      drives: [drive(10), drive(10)],
    },
    {
      name: `${side}-elbow`,
      kind: "hinge",
      parent: `${side}-upper-arm`,
      child: `${side}-lower-arm`,
      anchor: point(0.18, y * 0.35, 1.28),
      // Positive: the arm gets straighter.
      axis: [1, -y, 0],
      limits: [degrees(-50, 90)],
      drives: [drive(10)],
    },
  ];
}

const weld = (name: string, parent: string, child: string, anchor: Vec3): JointSpec => ({
  name,
  kind: "fixed",
  parent,
  child,
  anchor,
});

export const humanoidBody: BodySpec = {
  name: "humanoid",
  root: { kind: "free" },
  parts: [
    capsule("torso", point(0, 0.07, 1.4), point(0, -0.07, 1.4), 0.07, 3.592),
    sphere("head", point(0, 0, 1.59), 0.09, 3.0536),
    capsule("upper-waist", point(-0.01, 0.06, 1.28), point(-0.01, -0.06, 1.28), 0.06, 2.2619),
    capsule("lower-waist", point(-0.01, 0.06, 1.14), point(-0.01, -0.06, 1.14), 0.06, 2.2619),
    capsule("pelvis", point(-0.029, 0.07, 0.975), point(-0.029, -0.07, 0.975), 0.09, 6.6162),
    ...limbParts("right"),
    ...limbParts("left"),
  ],
  joints: [
    weld("neck", "torso", "head", point(0, 0, 1.48)),
    weld("chest", "torso", "upper-waist", point(0, 0, 1.34)),
    {
      name: "abdomen",
      kind: "universal",
      parent: "upper-waist",
      child: "lower-waist",
      anchor: point(-0.01, 0, 1.205),
      // MuJoCo's abdomen_y and abdomen_z: the pelvis backward, and to its left.
      axis: [1, 0, 0],
      secondAxis: [0, -1, 0],
      limits: [degrees(-75, 30), degrees(-45, 45)],
      drives: [drive(40), drive(40)],
    },
    {
      name: "waist",
      kind: "hinge",
      parent: "lower-waist",
      child: "pelvis",
      anchor: point(-0.01, 0, 1.075),
      axis: [0, 0, -1],
      limits: [degrees(-35, 35)],
      drives: [drive(40)],
    },
    ...limbJoints("right"),
    ...limbJoints("left"),
  ],
  startPose: Object.fromEntries(
    (["right", "left"] as const).flatMap((side) => [
      [`${side}-hip`, [0.25, 0, 0]],
      [`${side}-knee`, [0.5]],
    ]),
  ),
  feet: ["right-foot", "left-foot"],
};
