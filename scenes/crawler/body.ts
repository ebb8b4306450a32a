import { configurableJoint } from "../../src/body/configurableJoint.js";
import type { BodySpec, DriveSpec, PartSpec, Quat, Vec3 } from "../../src/body/spec.js";
import { fromAxes } from "../../src/body/vector.js";

// Unity ML-Agents' Crawler (`Crawler.prefab`, `CrawlerAgent.cs`): four legs of two parts around a ball, 32 kg, twelve
// joint values. Drawn as it begins, with its legs stretched out level.
//
// What differs, and why:
// - Drives: the prefab's 40000 N·m/rad, 5000 N·m·s/rad and 20000 N·m throw the body into the air in this engine (8 m high
//   under random actions, joints 65 mm apart). These reach 90 % of a step in 0.15 s without overshoot; standing takes
//   about 90 N·m of each hip.
// - Unity's drives turn along the shortest way; ours are one spring for each axis, see `configurableJoint`.
// - A little inertia on each part (`armature`) keeps the joints tight.
// - Parts may turn at 100 rad/s, the engine's limit, and not at 50.
const DRIVE: DriveSpec = { kind: "position", stiffness: 1500, damping: 110, maxTorque: 800 };
const ARMATURE = 0.05;
const BODY_HEIGHT = 2.156;
const LEG_HEIGHT = 2.006;

/** On which side of the body the legs are: right (+x) or left, front (+z) or back. */
const LEGS: readonly (readonly [x: number, z: number])[] = [
  [1, -1],
  [-1, -1],
  [-1, 1],
  [1, 1],
];

/** The direction in which a leg points, level. */
const outward = ([x, z]: readonly [number, number]): Vec3 => [x * Math.SQRT1_2, 0, z * Math.SQRT1_2];
/** Outward × up: a leg that turns about this axis rises. */
const across = ([x, z]: readonly [number, number]): Vec3 => [-z * Math.SQRT1_2, 0, x * Math.SQRT1_2];

/** Point of a leg, m from the middle of the body. */
function along(leg: readonly [number, number], distance: number): Vec3 {
  const [x, , z] = outward(leg);
  return [x * distance, LEG_HEIGHT, z * distance];
}

const shared = { friction: 0.6, armature: ARMATURE, linearDamping: 0.05, angularDamping: 0.05 };

const legParts = LEGS.flatMap((leg, i): readonly PartSpec[] => {
  const capsule = (from: number, to: number) =>
    ({ kind: "capsule", from: along(leg, from), to: along(leg, to), radius: 0.15 }) as const;
  return [
    { name: `leg${i}`, shape: capsule(0.575, 1.225), mass: 2, ...shared },
    { name: `foreleg${i}`, shape: capsule(1.38, 2.58), mass: 1, ...shared },
  ];
});

const converted = LEGS.flatMap((leg, i) => {
  const axes = { axis: across(leg), secondaryAxis: [0, -1, 0] } as const;
  const hip = {
    part: `leg${i}`,
    connected: "Body",
    anchor: along(leg, 0.4),
    x: [-60, 0],
    y: 20,
    drive: DRIVE,
  } as const;
  const knee = {
    part: `foreleg${i}`,
    connected: `leg${i}`,
    anchor: along(leg, 1.23),
    x: [0, 150],
    drive: DRIVE,
  } as const;
  return [configurableJoint({ ...axes, ...hip }), configurableJoint({ ...axes, ...knee })];
});

/** Unity's target angles by the part that carries their joint. */
export const targetsOf = new Map(converted.map(({ joint, targets }) => [joint.name, targets]));

/** The frames of the legs in Unity: y along the leg, z up. */
export const legFrames: Readonly<Record<string, { rotation: Quat }>> = Object.fromEntries(
  LEGS.flatMap((leg, i) => {
    const frame = { rotation: fromAxes(across(leg), outward(leg)) };
    return [
      [`leg${i}`, frame],
      [`foreleg${i}`, frame],
    ];
  }),
);

export const crawlerBody: BodySpec = {
  name: "crawler",
  root: { kind: "free" },
  parts: [
    { name: "Body", shape: { kind: "sphere", center: [0, BODY_HEIGHT, 0], radius: 0.5 }, mass: 20, ...shared },
    ...legParts,
  ],
  joints: converted.map(({ joint }) => joint),
  feet: LEGS.map((_, i) => `foreleg${i}`),
  selfCollision: true,
};
