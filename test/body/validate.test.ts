import { describe, expect, it } from "vitest";
import { hopperBody } from "../../scenes/hopper/body.js";
import type { BodySpec, DriveSpec, JointSpec, PartSpec, ShapeSpec } from "../../src/body/spec.js";
import { validateBody } from "../../src/body/validate.js";
import { InputError } from "../../src/inputError.js";
import { linkBody, menagerie } from "../support/bodies.js";

const good = linkBody({ limit: [-1, 1], drive: { kind: "torque", maxTorque: 10 } });
const [base, link] = good.parts as [PartSpec, PartSpec];
const joint = good.joints[0]!;

const withPart = (change: object): BodySpec => ({ ...good, parts: [base, { ...link, ...change } as PartSpec] });
const withShape = (shape: object): BodySpec => withPart({ shape: shape as ShapeSpec });
const withJoint = (change: object): BodySpec => ({ ...good, joints: [{ ...joint, ...change } as JointSpec] });
const withDrive = (drive: object): BodySpec => withJoint({ drives: [drive as DriveSpec] });
const withStart = (values: readonly number[]): BodySpec => ({ ...good, startPose: { joint: values } });

const capsule = { kind: "capsule", from: [0, 2, 0], to: [0, 1, 0], radius: 0.1 };
const box = { kind: "box", center: [0, 1, 0], size: [1, 1, 1] };
const position = { kind: "position", stiffness: 100, damping: 5, maxTorque: 50 };

/** What each bad body is told, after `Body "link", `. */
const BAD: readonly (readonly [title: string, spec: BodySpec, sentence: string])[] = [
  ["no parts", { ...good, parts: [] }, "parts: there must be at least one part."],
  [
    "two parts of one name",
    { ...good, parts: [base, { ...link, name: "base" }] },
    'part "base": the name is used twice, names must be unique.',
  ],
  ["a massless part", withPart({ mass: 0 }), 'part "link": mass is 0, it must be a positive number of kg.'],
  ["a negative mass", withPart({ mass: -1 }), 'part "link": mass is -1, it must be a positive number of kg.'],
  ["a mass of NaN", withPart({ mass: Number.NaN }), 'part "link": mass is NaN, it must be a positive number of kg.'],
  [
    "an infinite mass",
    withPart({ mass: Number.POSITIVE_INFINITY }),
    'part "link": mass is Infinity, it must be a positive number of kg.',
  ],
  [
    "an unknown shape",
    withShape({ kind: "cylinder" }),
    'part "link": shape "cylinder" is unknown, allowed are capsule, box, sphere.',
  ],
  [
    "a capsule without a radius",
    withShape({ ...capsule, radius: 0 }),
    'part "link": capsule radius is 0, it must be positive.',
  ],
  [
    "a sphere with an infinite radius",
    withShape({ kind: "sphere", center: [0, 1, 0], radius: Number.POSITIVE_INFINITY }),
    'part "link": sphere radius is Infinity, it must be positive.',
  ],
  [
    "a flat box",
    withShape({ ...box, size: [1, 0, 1] }),
    'part "link": box size is [1,0,1], every edge must be positive.',
  ],
  [
    "a box turned by something that is no rotation",
    withShape({ ...box, rotation: [0, 0, 0, 2] }),
    'part "link": box rotation is [0,0,0,2], it must be a unit quaternion.',
  ],
  [
    "a capsule that ends nowhere",
    withShape({ ...capsule, to: [0, Number.NaN, 0] }),
    'part "link": its shape has a coordinate that is not a finite number.',
  ],
  [
    "a box that is nowhere",
    withShape({ ...box, center: [Number.POSITIVE_INFINITY, 0, 0] }),
    'part "link": its shape has a coordinate that is not a finite number.',
  ],
  [
    "a moment of inertia of zero",
    withPart({ inertia: [1, 0, 1] }),
    'part "link": inertia is [1,0,1], every moment must be positive (kg·m²).',
  ],
  ["a negative armature", withPart({ armature: -0.1 }), 'part "link": armature is -0.1, it must be zero or more.'],
  ["a friction of NaN", withPart({ friction: Number.NaN }), 'part "link": friction is NaN, it must be zero or more.'],
  [
    "a negative linear damping",
    withPart({ linearDamping: -1 }),
    'part "link": linearDamping is -1, it must be zero or more.',
  ],
  [
    "an infinite angular damping",
    withPart({ angularDamping: Number.POSITIVE_INFINITY }),
    'part "link": angularDamping is Infinity, it must be zero or more.',
  ],
  [
    "two joints of one name",
    {
      ...good,
      parts: [base, link, { ...link, name: "end" }],
      joints: [joint, { ...joint, parent: "link", child: "end" }],
    },
    'joint "joint": the name is used twice, names must be unique.',
  ],
  [
    "a parent that is not a part",
    withJoint({ parent: "bse" }),
    'joint "joint": its parent "bse" is not a part; the parts are base, link.',
  ],
  [
    "a child that is not a part",
    withJoint({ child: "lnk" }),
    'joint "joint": its child "lnk" is not a part; the parts are base, link.',
  ],
  [
    "a parent that comes later",
    withJoint({ parent: "link", child: "base" }),
    'joint "joint": its parent "link" is not connected to the root by the joints before it.',
  ],
  [
    "a loop",
    { ...good, joints: [joint, { ...joint, name: "again" }] },
    'joint "again": its child "link" is connected already, loops are not allowed.',
  ],
  [
    "a joint back to the root",
    { ...good, joints: [joint, { ...joint, name: "back", parent: "link", child: "base" }] },
    'joint "back": its child "base" is connected already, loops are not allowed.',
  ],
  ["a part that hangs on nothing", { ...good, joints: [] }, 'part "link": no joint connects it to the root.'],
  [
    "an unknown kind of joint",
    withJoint({ kind: "ball" }),
    'joint "joint": kind "ball" is unknown, allowed are hinge, universal, spherical, slider, fixed.',
  ],
  [
    "an anchor of NaN",
    withJoint({ anchor: [0, Number.NaN, 0] }),
    'joint "joint": its anchor has a coordinate that is not a finite number.',
  ],
  ["an axis of zero", withJoint({ axis: [0, 0, 0] }), 'joint "joint": its axis must be finite and not zero.'],
  [
    "a second axis that leans",
    withJoint({ secondAxis: [0, 1, 1] }),
    'joint "joint": its secondAxis must be perpendicular to its axis.',
  ],
  [
    "a second axis of zero",
    withJoint({ secondAxis: [0, 0, 0] }),
    'joint "joint": its secondAxis must be perpendicular to its axis.',
  ],
  [
    "a limit too many",
    withJoint({
      limits: [
        [-1, 1],
        [-1, 1],
      ],
    }),
    'joint "joint": it has 2 limits, a hinge joint takes 1.',
  ],
  [
    "a limit turned round",
    withJoint({ limits: [[1, -1]] }),
    'joint "joint": limit [1, -1] is turned round, the lower end must come first.',
  ],
  [
    "a limit without room",
    withJoint({ limits: [[0, 0]] }),
    'joint "joint": limit [0, 0] is turned round, the lower end must come first.',
  ],
  [
    "a limit of NaN",
    withJoint({ limits: [[Number.NaN, 1]] }),
    'joint "joint": limit [NaN, 1] must have two finite ends.',
  ],
  [
    "a limit beyond half a turn",
    withJoint({ limits: [[-4, 1]] }),
    'joint "joint": limit [-4, 1] leaves ±π rad, which the engine would treat as free.',
  ],
  [
    "too few drives",
    withJoint({ kind: "universal", limits: undefined, drives: [position] }),
    'joint "joint": it has 1 drives, a universal joint takes 2.',
  ],
  [
    "a drive on a fixed joint",
    withJoint({ kind: "fixed", limits: undefined, drives: [position] }),
    'joint "joint": it has 1 drives, a fixed joint takes 0.',
  ],
  [
    "an unknown drive",
    withDrive({ kind: "servo", maxTorque: 1 }),
    'joint "joint": drive "servo" is unknown, allowed are torque, position, velocity.',
  ],
  [
    "a drive without torque",
    withDrive({ kind: "torque", maxTorque: 0 }),
    'joint "joint": maxTorque of its torque drive is 0, it must be positive.',
  ],
  [
    "an infinite torque",
    withDrive({ kind: "torque", maxTorque: Number.POSITIVE_INFINITY }),
    'joint "joint": maxTorque of its torque drive is Infinity, it must be positive.',
  ],
  [
    "a spring without stiffness",
    withDrive({ ...position, stiffness: -1 }),
    'joint "joint": stiffness of its position drive is -1, it must be positive.',
  ],
  [
    "a damping of NaN",
    withDrive({ ...position, damping: Number.NaN }),
    'joint "joint": damping of its position drive is NaN, it must be zero or more.',
  ],
  [
    "a velocity drive that stands",
    withDrive({ kind: "velocity", maxVelocity: 0, maxTorque: 1 }),
    'joint "joint": maxVelocity of its velocity drive is 0, it must be positive.',
  ],
  [
    "a start of a joint that is not there",
    { ...good, startPose: { knee: [0] } },
    'startPose: "knee" is not a joint; the joints are joint.',
  ],
  [
    "a start with too many values",
    withStart([0, 0]),
    'startPose of joint "joint": it has 2 values, a hinge joint takes 1.',
  ],
  [
    "a start beyond the limit",
    withStart([1.1]),
    'startPose of joint "joint": value 1.1 is outside of the limit [-1, 1].',
  ],
  ["a start of NaN", withStart([Number.NaN]), 'startPose of joint "joint": value NaN is not a finite number.'],
  [
    "limits that shut the zero pose out, and no start pose",
    withJoint({ limits: [[0.1, 1]] }),
    'startPose of joint "joint": value 0 is outside of the limit [0.1, 1].',
  ],
  ["a foot that is not a part", { ...good, feet: ["toe"] }, 'feet: "toe" is not a part; the parts are base, link.'],
  [
    "an unknown root",
    { ...good, root: { kind: "hung" } as never },
    'root: kind "hung" is unknown, allowed are free, planar, fixed.',
  ],
  [
    "a plane without a normal",
    { ...good, root: { kind: "planar", normal: [0, 0, 0] } },
    "root: the normal must be finite and not zero.",
  ],
];

describe("validateBody", () => {
  it("accepts bodies with every kind of joint, root and drive", () => {
    for (const spec of [good, hopperBody, menagerie, withDrive(position), withDrive({ ...position, damping: 0 })]) {
      expect(() => validateBody(spec)).not.toThrow();
    }
    // A slider's limits are metres: π has no meaning there.
    expect(() => validateBody(withJoint({ kind: "slider", limits: [[-4, 4]] }))).not.toThrow();
  });

  it.each(BAD)("refuses %s", (_title, spec, sentence) => {
    expect(() => validateBody(spec)).toThrow(new InputError(`Body "link", ${sentence}`));
  });
});
