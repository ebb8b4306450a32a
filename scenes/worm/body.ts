import { configurableJoint } from "../../src/body/configurableJoint.js";
import type { BodySpec, DriveSpec, PartSpec, Quat } from "../../src/body/spec.js";

// Unity ML-Agents' Worm (`Worm.prefab`, `WormAgent.cs`): four capsules in a row along z, 10 kg each, six joint values.
// The head is in front (+z), and each joint sits on the part in front of it.
//
// What differs, and why:
// - The mouth and the eyes, bodies of 1 kg each that the agent neither sees nor moves, are left out: 40 kg, not 43.
// - The prefab's segments sag by 0.1 mm and 0.04°; these are level.
// - Drives: the prefab's 3000 N·m/rad, 30 N·m·s/rad and 10000 N·m bounce off the limits and swing for up to 1.8 s in this
//   engine, which adds no damping of its own. These have the same stiffness and come to rest in 0.2 s; their most, which
//   the strength is a share of, is what the spring gives at an error of 1 rad.
// - Unity's drives turn along the shortest way; ours are one spring for each axis, see `configurableJoint`.
// - Parts may turn at 100 rad/s, the engine's limit, and not at 50.
const DRIVE: DriveSpec = { kind: "position", stiffness: 3000, damping: 220, maxTorque: 3000 };
const HEIGHT = 1.15;

interface Segment {
  /** Where its middle is along z, m. */
  readonly z: number;
  /** From its middle to the centre of each end, m. */
  readonly half: number;
  readonly radius: number;
}

const SEGMENTS: readonly Segment[] = [
  { z: 0, half: 0.63, radius: 0.37 },
  { z: -1.3163, half: 0.42, radius: 0.33 },
  { z: -2.441, half: 0.46, radius: 0.28 },
  { z: -3.557, half: 0.47, radius: 0.26 },
];
/** Where the joints are along z, from the front, m. */
const JOINTS = [-0.8, -1.8663, -2.991];

const nameOf = (segment: number) => `BodySeg${segment}`;

const converted = JOINTS.map((z, i) =>
  configurableJoint({
    part: nameOf(i),
    connected: nameOf(i + 1),
    parent: "part",
    anchor: [0, HEIGHT, z],
    axis: [1, 0, 0],
    secondaryAxis: [0, 1, 0],
    x: [-60, 60],
    y: 60,
    drive: DRIVE,
  }),
);

/** Unity's target angles, in the order of its actions. */
export const wormTargets = converted.flatMap(({ targets }) => targets);

/** The frames of the segments behind the head in Unity: y to the front, z down. */
const LYING: { readonly rotation: Quat } = { rotation: [Math.SQRT1_2, 0, 0, Math.SQRT1_2] };
export const segmentFrames = { BodySeg1: LYING, BodySeg2: LYING, BodySeg3: LYING };

export const wormBody: BodySpec = {
  name: "worm",
  root: { kind: "free" },
  parts: SEGMENTS.map(({ z, half, radius }, i): PartSpec => {
    const [from, to] = [[0, HEIGHT, z - half] as const, [0, HEIGHT, z + half] as const];
    return {
      name: nameOf(i),
      shape: { kind: "capsule", from, to, radius },
      mass: 10,
      friction: 0.6,
      angularDamping: 0.05,
    };
  }),
  joints: converted.map(({ joint }) => joint),
  feet: SEGMENTS.map((_, i) => nameOf(i)),
  selfCollision: true,
};
