import type { DriveSpec, JointSpec, LimitSpec, Vec3 } from "./spec.js";
import { scale } from "./vector.js";

const DEGREES = Math.PI / 180;
/** About a universal joint's second axis, springs push the wrong way beyond a right angle, rad. */
const WIDEST_SWING = Math.PI / 2 + 1e-6;

/** Unity's `ConfigurableJoint` as a prefab has it: places and axes in the drawing, limits in degrees. */
export interface ConfigurableJoint {
  /** The part that carries the joint; the joint gets its name. */
  readonly part: string;
  /** The part that it is connected to. */
  readonly connected: string;
  /** Which of the two is nearer to the root. Default `connected`. */
  readonly parent?: "part" | "connected";
  readonly anchor: Vec3;
  readonly axis: Vec3;
  readonly secondaryAxis: Vec3;
  /** Lower and upper limit about `axis`. */
  readonly x: readonly [low: number, high: number];
  /** ± limits about `secondaryAxis`, and about the product of both; without them the joint does not turn that way. */
  readonly y?: number;
  readonly z?: number;
  /** One drive for all axes. */
  readonly drive: DriveSpec;
}

/** One of Unity's target angles among the joint values of a body. */
export interface AngleTarget {
  /** Part and axis in Unity, such as `chest.x`. */
  readonly name: string;
  /** Name of the joint value, see `degreeOfFreedomNames`. */
  readonly value: string;
  /** Whether the joint value is Unity's angle with its sign turned round. */
  readonly reversed: boolean;
}

export interface ConvertedJoint {
  readonly joint: JointSpec;
  /** Unity's angles x, y, z, as many as the joint has. */
  readonly targets: readonly AngleTarget[];
}

/**
 * Unity's joint in our convention.
 *
 * Unity's angles x, y, z turn the connected part against the one that carries the joint: q = Ry·Rx·Rz, about `axis`
 * (x), `secondaryAxis` (y) and their product (z). Where the connected part is the parent, the child turns by the inverse,
 * Rz(−z)·Rx(−x)·Ry(−y). So, with the axes turned round (X = −axis …), joint values are Unity's angles:
 * - hinge: x.
 * - universal: ours is Ry(b)·Rx(a). With Y = −axis, X = −secondaryAxis that is Unity's rotation, exactly; but not where
 *   x goes beyond a right angle, since about Y our springs do not: there X = −axis, Y = −secondaryAxis, and the two
 *   turns come in the other order.
 * - spherical: X = −axis, Y = −secondaryAxis, so that Z = +(axis × secondaryAxis) and the third value is −z. Ours is
 *   Rx·Ry·Rz, so the order differs again; for ±20° about each axis by 0.12 rad at most.
 *
 * Where the part itself is the parent, the child turns by q, which is our Ry(b)·Rx(a) as it stands.
 */
export function configurableJoint(source: ConfigurableJoint): ConvertedJoint {
  const { part, connected, anchor, drive, x, y, z } = source;
  const outward = source.parent === "part";
  const sign = outward ? 1 : -1;
  const axis = scale(source.axis, sign);
  const secondAxis = scale(source.secondaryAxis, sign);
  const [parent, child] = outward ? [part, connected] : [connected, part];
  const shared = { name: part, parent, child, anchor };
  const xLimit: LimitSpec = [x[0] * DEGREES, x[1] * DEGREES];
  const plusMinus = (limit: number): LimitSpec => [-limit * DEGREES, limit * DEGREES];
  const target = (angle: "x" | "y" | "z", value: string, reversed = false) => ({
    name: `${part}.${angle}`,
    value: `${part}${value}`,
    reversed,
  });
  if (y === undefined) {
    const joint = { ...shared, kind: "hinge", axis, secondAxis, limits: [xLimit], drives: [drive] } as const;
    return { joint, targets: [target("x", "")] };
  }
  if (z !== undefined) {
    const limits = [xLimit, plusMinus(y), plusMinus(z)];
    return {
      joint: { ...shared, kind: "spherical", axis, secondAxis, limits, drives: [drive, drive, drive] },
      targets: [target("x", ".x"), target("y", ".y"), target("z", ".z", !outward)],
    };
  }
  const universal = { ...shared, kind: "universal", drives: [drive, drive] } as const;
  if (!outward && Math.max(-xLimit[0], xLimit[1]) <= WIDEST_SWING) {
    return {
      joint: { ...universal, axis: secondAxis, secondAxis: axis, limits: [plusMinus(y), xLimit] },
      targets: [target("x", ".y"), target("y", ".x")],
    };
  }
  return {
    joint: { ...universal, axis, secondAxis, limits: [xLimit, plusMinus(y)] },
    targets: [target("x", ".x"), target("y", ".y")],
  };
}
