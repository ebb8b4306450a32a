import { type AngleTarget, type ConfigurableJoint, configurableJoint } from "../../src/body/configurableJoint.js";
import type { BodySpec, DriveSpec, JointSpec, PartSpec } from "../../src/body/spec.js";
import { walkerBody } from "../walker/body.js";

// Unity ML-Agents' Walker (`WalkerRagdoll.prefab`, `WalkerAgent.cs`) with its own names and in its T-pose: the parts and
// anchors of our `walker`, with the prefab's joint axes, limits and the friction that Unity has by default.
//
// What differs, and why:
// - Drives: the prefab's 40000 N·m/rad, 5000 N·m·s/rad and 20000 N·m throw the body into the air in this engine (limbs at
//   50 m/s under random actions). These reach 90 % of a step in 0.1 to 0.3 s; at the middle strength they are about as
//   strong as those of our `walker`. Dampers of more than 50 N·m·s/rad would turn rigid between parts as light as these.
// - Unity's drives turn along the shortest way; ours are one spring for each axis, see `configurableJoint`.
// - A little inertia on each part (`armature`) keeps the joints tight.
// - Parts may turn at 100 rad/s, the engine's limit, and not at 50.
const drive = (stiffness: number, damping: number, maxTorque: number): DriveSpec => ({
  kind: "position",
  stiffness,
  damping,
  maxTorque,
});
const TRUNK_OR_LEG = drive(1000, 50, 360);
const ANKLE = drive(700, 35, 240);
const NECK = drive(200, 16, 72);
const SHOULDER = drive(200, 25, 96);
const ELBOW = drive(130, 11, 72);

/** Names in the prefab, in the order in which the agent registers its parts, and our `walker`'s. */
const limbs = (parts: Readonly<Record<string, string>>, side: "L" | "R") =>
  Object.entries(parts).map(
    ([name, own]) => [`${name}${side}`, `${side === "L" ? "left" : "right"}-${own}`] as [string, string],
  );
const LEG = { thigh: "thigh", shin: "shin", foot: "foot" };
const ARM = { upper_arm_: "upper-arm", lower_arm_: "forearm", hand_: "hand" };
const OWN_NAMES = new Map<string, string>([
  ["hips", "hips"],
  ["chest", "chest"],
  ["spine", "spine"],
  ["head", "head"],
  ...limbs(LEG, "L"),
  ...limbs(LEG, "R"),
  ...limbs(ARM, "L"),
  ...limbs(ARM, "R"),
]);
const nameOf = (own: string) => [...OWN_NAMES.keys()].find((name) => OWN_NAMES.get(name) === own)!;

/** A joint of the prefab; our `walker` knows what it connects, and where. */
function joint(part: string, facts: Pick<ConfigurableJoint, "axis" | "secondaryAxis" | "x" | "y" | "z" | "drive">) {
  const { parent, anchor } = walkerBody.joints.find(({ child }) => child === OWN_NAMES.get(part))!;
  return configurableJoint({ part, connected: nameOf(parent), anchor, ...facts });
}

const SPINE = { axis: [1, 0, 0], secondaryAxis: [0, 0, -1], drive: TRUNK_OR_LEG } as const;

const limbJoints = (side: "L" | "R") => {
  const leg = { axis: [-1, 0, 0], secondaryAxis: [0, 0, -1] } as const;
  const arm = { axis: [0, side === "L" ? -1 : 1, 0], secondaryAxis: [0, 0, 1] } as const;
  return [
    joint(`thigh${side}`, { ...leg, x: [-90, 60], y: 40, drive: TRUNK_OR_LEG }),
    joint(`shin${side}`, { ...leg, x: [0, 120], drive: TRUNK_OR_LEG }),
    joint(`foot${side}`, { axis: [1, 0, 0], secondaryAxis: [0, 1, 0], x: [-20, 20], y: 20, z: 20, drive: ANKLE }),
    joint(`upper_arm_${side}`, { ...arm, x: [-60, 120], y: 100, drive: SHOULDER }),
    joint(`lower_arm_${side}`, { ...arm, x: [0, 160], drive: ELBOW }),
  ];
};

const joints = [
  joint("spine", { ...SPINE, x: [-20, 20], y: 20, z: 15 }),
  joint("chest", { ...SPINE, x: [-20, 20], y: 20, z: 15 }),
  joint("head", { ...SPINE, x: [-30, 10], y: 20, drive: NECK }),
  ...limbJoints("L"),
  ...limbJoints("R"),
];

const wrist = (side: "L" | "R"): JointSpec => ({
  name: `hand_${side}`,
  kind: "fixed",
  parent: `lower_arm_${side}`,
  child: `hand_${side}`,
  anchor: walkerBody.joints.find(({ child }) => child === OWN_NAMES.get(`hand_${side}`))!.anchor,
});

/** Unity's target angles by the part that carries their joint. */
export const targetsOf: ReadonlyMap<string, readonly AngleTarget[]> = new Map(
  joints.map(({ joint: { name }, targets }) => [name, targets]),
);

export const walkerMlAgentsBody: BodySpec = {
  name: "walker-ml-agents",
  root: { kind: "free" },
  parts: [...OWN_NAMES].map(([name, own]): PartSpec => {
    const part = walkerBody.parts.find((candidate) => candidate.name === own)!;
    return { ...part, name, friction: 0.6 };
  }),
  joints: [...joints.map((converted) => converted.joint), wrist("L"), wrist("R")],
  feet: ["footL", "footR"],
  mirror: Object.fromEntries([...Object.keys(LEG), ...Object.keys(ARM)].map((name) => [`${name}L`, `${name}R`])),
  selfCollision: true,
};
