import { InputError } from "../inputError.js";
import { mirrorOf } from "./mirror.js";
import {
  type BodySpec,
  DEGREES_OF_FREEDOM,
  type DriveSpec,
  type JointSpec,
  type PartSpec,
  type RootSpec,
  type ShapeSpec,
  type Vec3,
} from "./spec.js";
import { dot, length } from "./vector.js";

/**
 * Checks a body once, before anything is built.
 * @throws InputError with one sentence: what is wrong, in which part or joint, and what is allowed.
 */
export function validateBody(spec: BodySpec): void {
  const fail = (where: string, what: string): never => {
    throw new InputError(`Body "${spec.name}", ${where}: ${what}.`);
  };
  if (spec.parts.length === 0) fail("parts", "there must be at least one part");

  const partNames = new Set<string>();
  for (const part of spec.parts) {
    const where = `part "${part.name}"`;
    if (partNames.has(part.name)) fail(where, "the name is used twice, names must be unique");
    partNames.add(part.name);
    checkPart(part, (what) => fail(where, what));
  }

  const connected = new Set<string>([spec.parts[0]!.name]);
  const jointNames = new Set<string>();
  for (const joint of spec.joints) {
    const where = `joint "${joint.name}"`;
    if (jointNames.has(joint.name)) fail(where, "the name is used twice, names must be unique");
    jointNames.add(joint.name);
    for (const role of ["parent", "child"] as const) {
      if (!partNames.has(joint[role])) {
        fail(where, `its ${role} "${joint[role]}" is not a part; the parts are ${[...partNames].join(", ")}`);
      }
    }
    if (!connected.has(joint.parent)) {
      fail(where, `its parent "${joint.parent}" is not connected to the root by the joints before it`);
    }
    if (connected.has(joint.child))
      fail(where, `its child "${joint.child}" is connected already, loops are not allowed`);
    connected.add(joint.child);
    checkJoint(joint, (what) => fail(where, what));
  }
  for (const name of partNames) {
    if (!connected.has(name)) fail(`part "${name}"`, "no joint connects it to the root");
  }

  if (spec.mirror) mirrorOf(spec);
  for (const [key, value] of Object.entries(spec.fluid ?? {})) {
    if (!(value >= 0 && Number.isFinite(value))) fail("fluid", `${key} is ${value}, it must be zero or more`);
  }
  for (const name of Object.keys(spec.startPose ?? {})) {
    if (!jointNames.has(name)) {
      fail("startPose", `"${name}" is not a joint; the joints are ${[...jointNames].join(", ")}`);
    }
  }
  for (const joint of spec.joints) {
    const values = spec.startPose?.[joint.name] ?? new Array<number>(DEGREES_OF_FREEDOM[joint.kind]).fill(0);
    checkStartValues(joint, values, (what) => fail(`startPose of joint "${joint.name}"`, what));
  }
  for (const foot of spec.feet ?? []) {
    if (!partNames.has(foot)) fail("feet", `"${foot}" is not a part; the parts are ${[...partNames].join(", ")}`);
  }
  const { root } = spec;
  if (!ROOT_KINDS.includes(root.kind))
    fail("root", `kind "${root.kind}" is unknown, allowed are ${ROOT_KINDS.join(", ")}`);
  if (root.kind === "planar" && !isDirection(root.normal)) fail("root", "the normal must be finite and not zero");
}

const ROOT_KINDS: readonly string[] = ["free", "planar", "fixed"] satisfies RootSpec["kind"][];
const SHAPE_KINDS: readonly string[] = ["capsule", "box", "sphere"] satisfies ShapeSpec["kind"][];
const DRIVE_KINDS: readonly string[] = ["torque", "position", "velocity"] satisfies DriveSpec["kind"][];

function isDirection(v: Vec3): boolean {
  return v.every(Number.isFinite) && length(v) > 0;
}

type Fail = (what: string) => void;

function isPositive(value: number): boolean {
  return value > 0 && Number.isFinite(value);
}

function checkPart(part: PartSpec, fail: Fail): void {
  if (!isPositive(part.mass)) fail(`mass is ${part.mass}, it must be a positive number of kg`);
  const { shape } = part;
  if (!SHAPE_KINDS.includes(shape.kind)) {
    fail(`shape "${shape.kind}" is unknown, allowed are ${SHAPE_KINDS.join(", ")}`);
  }
  if (shape.kind === "box") {
    if (!shape.size.every(isPositive)) fail(`box size is [${shape.size}], every edge must be positive`);
    if (shape.rotation && !(Math.abs(Math.hypot(...shape.rotation) - 1) < 1e-3)) {
      fail(`box rotation is [${shape.rotation}], it must be a unit quaternion`);
    }
  } else if (!isPositive(shape.radius)) {
    fail(`${shape.kind} radius is ${shape.radius}, it must be positive`);
  }
  const coordinates = shape.kind === "capsule" ? [...shape.from, ...shape.to] : shape.center;
  if (!coordinates.every(Number.isFinite)) fail("its shape has a coordinate that is not a finite number");
  if (part.inertia && !part.inertia.every(isPositive)) {
    fail(`inertia is [${part.inertia}], every moment must be positive (kg·m²)`);
  }
  for (const key of ["armature", "friction", "linearDamping", "angularDamping"] as const) {
    const value = part[key];
    if (value !== undefined && !(value >= 0 && Number.isFinite(value)))
      fail(`${key} is ${value}, it must be zero or more`);
  }
}

function checkJoint(joint: JointSpec, fail: Fail): void {
  const count = DEGREES_OF_FREEDOM[joint.kind];
  if (count === undefined) {
    fail(`kind "${joint.kind}" is unknown, allowed are ${Object.keys(DEGREES_OF_FREEDOM).join(", ")}`);
  }
  if (!joint.anchor.every(Number.isFinite)) fail("its anchor has a coordinate that is not a finite number");
  const axis: Vec3 = joint.axis ?? [1, 0, 0];
  if (!isDirection(axis)) fail("its axis must be finite and not zero");
  if (joint.secondAxis) {
    const cosine = dot(axis, joint.secondAxis) / (length(axis) * length(joint.secondAxis));
    if (!(Math.abs(cosine) < 1e-3)) fail("its secondAxis must be perpendicular to its axis");
  }
  if (joint.limits && joint.limits.length !== count) {
    fail(`it has ${joint.limits.length} limits, a ${joint.kind} joint takes ${count}`);
  }
  for (const [low, high] of joint.limits ?? []) {
    if (!Number.isFinite(low) || !Number.isFinite(high)) fail(`limit [${low}, ${high}] must have two finite ends`);
    if (!(low < high)) fail(`limit [${low}, ${high}] is turned round, the lower end must come first`);
    if (joint.kind !== "slider" && !(low >= -Math.PI && high <= Math.PI)) {
      fail(`limit [${low}, ${high}] leaves ±π rad, which the engine would treat as free`);
    }
  }
  if (joint.drives && joint.drives.length !== count) {
    fail(`it has ${joint.drives.length} drives, a ${joint.kind} joint takes ${count}`);
  }
  for (const drive of joint.drives ?? []) checkDrive(drive, fail);
}

function checkDrive(drive: DriveSpec, fail: Fail): void {
  if (!DRIVE_KINDS.includes(drive.kind)) {
    fail(`drive "${drive.kind}" is unknown, allowed are ${DRIVE_KINDS.join(", ")}`);
  }
  for (const [key, value] of Object.entries(drive)) {
    if (typeof value !== "number") continue;
    const zeroAllowed = key === "damping";
    if (!(Number.isFinite(value) && (zeroAllowed ? value >= 0 : value > 0))) {
      fail(`${key} of its ${drive.kind} drive is ${value}, it must be ${zeroAllowed ? "zero or more" : "positive"}`);
    }
  }
}

function checkStartValues(joint: JointSpec, values: readonly number[], fail: Fail): void {
  const count = DEGREES_OF_FREEDOM[joint.kind];
  if (values.length !== count) fail(`it has ${values.length} values, a ${joint.kind} joint takes ${count}`);
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) fail(`value ${value} is not a finite number`);
    const limit = joint.limits?.[i];
    if (limit && !(value >= limit[0] && value <= limit[1])) {
      // Starting outside a limit makes the engine throw the part back with great speed.
      fail(`value ${value} is outside of the limit [${limit[0]}, ${limit[1]}]`);
    }
  });
}
