import { InputError } from "../inputError.js";
import { jointAxes } from "./kinematics.js";
import { shapeCenter } from "./massProperties.js";
import { type BodySpec, DEGREES_OF_FREEDOM, type JointSpec, jointLimits, type Vec3 } from "./spec.js";
import { dot, length, subtract } from "./vector.js";

/** A vector seen in the mirror: entry i is `signs[i]` × entry `sources[i]` of the original. */
export interface MirrorMap {
  readonly sources: readonly number[];
  readonly signs: readonly number[];
}

/** Left and right of a body, for its parts and its joint values. */
export interface BodyMirror {
  /** Where an entry per part goes: to the part on the other side. */
  readonly parts: MirrorMap;
  readonly joints: MirrorMap;
}

/** m and rad */
const TOLERANCE = 1e-3;

/**
 * What the declared left/right map of a body means for its numbers. The mirror is the plane x = 0 of the drawing. Signs
 * follow from the geometry: a rotation axis, an axial vector, becomes (x, −y, −z), and where this points against the axis
 * of the joint on the other side, the joint value changes its sign.
 *
 * @throws InputError when the body declares no map, the map is not its own inverse, or the two sides differ
 */
export function mirrorOf(spec: BodySpec): BodyMirror {
  const fail = (what: string): never => {
    throw new InputError(`Body "${spec.name}", mirror: ${what}.`);
  };
  const map = spec.mirror ?? fail("the body does not say which parts are left and right of each other");
  const names = spec.parts.map((part) => part.name);
  for (const [name, other] of Object.entries(map)) {
    for (const part of [name, other]) {
      if (!names.includes(part)) fail(`"${part}" is not a part; the parts are ${names.join(", ")}`);
    }
    const back = map[other];
    if (back !== undefined && back !== name) {
      fail(`"${name}" is opposite "${other}", but "${other}" is opposite "${back}"; the map must be its own inverse`);
    }
  }
  const opposite = (name: string) => oppositeOf(spec, name);
  for (const part of spec.parts) {
    const other = spec.parts.find(({ name }) => name === opposite(part.name))!;
    const distance = length(subtract(reflected(shapeCenter(part.shape)), shapeCenter(other.shape)));
    if (!(distance < TOLERANCE) || part.mass !== other.mass) {
      fail(`"${part.name}" and "${other.name}" are not mirror images of each other in place and mass`);
    }
  }
  const firsts = firstValues(spec);
  const limits = jointLimits(spec);
  const sources: number[] = [];
  const signs: number[] = [];
  for (const joint of spec.joints) {
    const other = spec.joints.find(({ child }) => child === opposite(joint.child))!;
    if (other.kind !== joint.kind || other.parent !== opposite(joint.parent)) {
      fail(`joints "${joint.name}" and "${other.name}" are not mirror images of each other`);
    }
    axisSigns(joint, other, fail).forEach((sign, i) => {
      const own = limits[firsts.get(joint)! + i];
      const its = limits[firsts.get(other)! + i];
      const turned = its && (sign > 0 ? its : ([-its[1], -its[0]] as const));
      if (own && turned && Math.hypot(own[0] - turned[0], own[1] - turned[1]) > TOLERANCE) {
        fail(`joints "${joint.name}" and "${other.name}" have limits that are not mirror images of each other`);
      }
      sources.push(firsts.get(other)! + i);
      signs.push(sign);
    });
  }
  const parts = { sources: names.map((name) => names.indexOf(opposite(name))), signs: names.map(() => 1) };
  return { parts, joints: { sources, signs } };
}

/** The part on the other side of one, by the declared map; itself where there is none. */
export function oppositeOf({ mirror = {} }: BodySpec, part: string): string {
  return mirror[part] ?? Object.keys(mirror).find((other) => mirror[other] === part) ?? part;
}

const reflected = ([x, y, z]: Vec3): Vec3 => [-x, y, z];

/** Number of each joint's first value. */
function firstValues(spec: BodySpec): ReadonlyMap<JointSpec, number> {
  let next = 0;
  return new Map(
    spec.joints.map((joint) => {
      const first = next;
      next += DEGREES_OF_FREEDOM[joint.kind];
      return [joint, first];
    }),
  );
}

/** For each value of a joint, whether the mirrored movement has the same sign or the other one. */
function axisSigns(joint: JointSpec, other: JointSpec, fail: (what: string) => never): number[] {
  const axes = jointAxes(joint);
  const others = jointAxes(other);
  return Array.from({ length: DEGREES_OF_FREEDOM[joint.kind] }, (_, i) => {
    const [x, y, z] = axes[i]!;
    // A slider's axis is a direction, all others are axes of rotation.
    const image: Vec3 = joint.kind === "slider" ? [-x, y, z] : [x, -y, -z];
    const cosine = dot(image, others[i]!);
    if (Math.abs(Math.abs(cosine) - 1) > TOLERANCE) {
      fail(`joints "${joint.name}" and "${other.name}" have axes that are not mirror images of each other`);
    }
    return Math.sign(cosine);
  });
}

/**
 * Several maps one after the other, as the vectors that they belong to.
 * @param opposites which vector each one shows in the mirror; by default itself
 */
export function joinMirrors(
  maps: readonly MirrorMap[],
  opposites: readonly number[] = maps.map((_, i) => i),
): MirrorMap {
  const offsets: number[] = [];
  let size = 0;
  for (const { sources } of maps) {
    offsets.push(size);
    size += sources.length;
  }
  return {
    sources: maps.flatMap(({ sources }, i) => sources.map((source) => source + offsets[opposites[i]!]!)),
    signs: maps.flatMap(({ signs }) => signs),
  };
}

/** A map that leaves every entry in its place and changes some signs. */
export function signsOnly(...signs: readonly number[]): MirrorMap {
  return { sources: signs.map((_, i) => i), signs };
}

/** The map of a vector with one entry for each of some drives of a body. */
export function drivenMirror(
  { spec, drives: all }: { readonly spec: BodySpec; readonly drives: readonly unknown[] },
  drives: readonly unknown[],
): MirrorMap {
  return selectMirror(
    mirrorOf(spec).joints,
    drives.map((drive) => all.indexOf(drive)),
  );
}

/** The map of a vector that has only some entries of another: those with these numbers, in this order. */
export function selectMirror({ sources, signs }: MirrorMap, indices: readonly number[]): MirrorMap {
  return {
    sources: indices.map((index) => indices.indexOf(sources[index]!)),
    signs: indices.map((index) => signs[index]!),
  };
}
