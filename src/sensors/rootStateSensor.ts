import type { ArticulatedBody } from "../body/articulatedBody.js";
import { directionOf, headingOf } from "../body/heading.js";
import { type MirrorMap, signsOnly } from "../body/mirror.js";
import { InputError } from "../inputError.js";
import type { Sensor } from "./sensor.js";

interface Quantity {
  /** Signs of its numbers when they are seen in the mirror that swaps left and right; as many as there are numbers. */
  readonly mirror: readonly number[];
  readonly write: (body: ArticulatedBody, out: Float32Array, offset: number) => void;
}

/**
 * What can be seen of the root part. "Heading" quantities are turned about the vertical so that their +z is where the
 * root faces. Pitch and forward are meant for bodies that live in a plane: forward is where the body faced when it was
 * built (+z without a `yaw`), pitch the lean that way.
 */
const QUANTITIES = {
  /** Height of the root above the ground below it, m. */
  height: { mirror: [1], write: writeHeight },
  /** Way forward from where the body was put, m. */
  "forward-position": { mirror: [1], write: writeForwardPosition },
  /** rad, −π … π */
  pitch: { mirror: [1], write: writePitch },
  /** rad/s */
  "pitch-rate": { mirror: [1], write: writePitchRate },
  /** Velocity forward and up, m/s. */
  "forward-velocity": { mirror: [1], write: writeForwardVelocity },
  "vertical-velocity": { mirror: [1], write: writeVerticalVelocity },
  /** Velocity to the right of forward, m/s. */
  "sideways-velocity": { mirror: [-1], write: writeSidewaysVelocity },
  /** Unit vector of the root's own up axis in the heading frame. */
  up: { mirror: [-1, 1, 1], write: writeUp },
  /** m/s */
  "heading-velocity": { mirror: [-1, 1, 1], write: writeHeadingVelocity },
  /** rad/s */
  "heading-angular-velocity": { mirror: [1, -1, -1], write: writeHeadingAngularVelocity },
  /** Direction in which the root's own +z axis points on the ground, rad. */
  yaw: { mirror: [-1], write: writeYaw },
  /** rad/s */
  "yaw-rate": { mirror: [-1], write: writeYawRate },
  /** In the world, m/s. */
  velocity: { mirror: [-1, 1, 1], write: writeVelocity },
  /** In the world, rad/s. */
  "angular-velocity": { mirror: [1, -1, -1], write: writeAngularVelocity },
  /** World quaternion, x y z w. */
  rotation: { mirror: [1, -1, -1, 1], write: writeRotation },
} satisfies Record<string, Quantity>;

export type RootQuantity = keyof typeof QUANTITIES;

/** The named quantities of the root part, in the order given. */
export class RootStateSensor implements Sensor {
  readonly size: number;
  private readonly parts: readonly Quantity[];

  constructor(
    private readonly body: ArticulatedBody,
    quantities: readonly RootQuantity[],
    readonly name = "root",
  ) {
    this.parts = quantities.map((quantity) => {
      const known = QUANTITIES[quantity];
      if (!known) {
        throw new InputError(
          `Root quantity "${quantity}" is unknown, allowed are ${Object.keys(QUANTITIES).join(", ")}.`,
        );
      }
      return known;
    });
    this.size = this.parts.reduce((sum, part) => sum + part.mirror.length, 0);
  }

  mirror(): MirrorMap {
    return signsOnly(...this.parts.flatMap((part) => part.mirror));
  }

  write(out: Float32Array, offset: number): void {
    let at = offset;
    for (const part of this.parts) {
      part.write(this.body, out, at);
      at += part.mirror.length;
    }
  }
}

function writeHeight(body: ArticulatedBody, out: Float32Array, offset: number): void {
  out[offset] = body.heightAbove(0);
}

function writeForwardPosition({ positions, ground, yaw }: ArticulatedBody, out: Float32Array, offset: number): void {
  out[offset] = (positions[0]! - ground[0]) * Math.sin(yaw) + (positions[2]! - ground[2]) * Math.cos(yaw);
}

/** With the yaw of the start taken off, the rotation is (sin p/2, 0, 0, cos p/2). */
function writePitch({ rotations: q, yaw }: ArticulatedBody, out: Float32Array, offset: number): void {
  const cos = Math.cos(yaw / 2);
  const sin = Math.sin(yaw / 2);
  const angle = 2 * Math.atan2(cos * q[0]! - sin * q[2]!, cos * q[3]! + sin * q[1]!);
  out[offset] = angle > Math.PI ? angle - 2 * Math.PI : angle < -Math.PI ? angle + 2 * Math.PI : angle;
}

function writePitchRate({ angularVelocities: w, yaw }: ArticulatedBody, out: Float32Array, offset: number): void {
  out[offset] = w[0]! * Math.cos(yaw) - w[2]! * Math.sin(yaw);
}

function writeForwardVelocity({ linearVelocities: v, yaw }: ArticulatedBody, out: Float32Array, offset: number): void {
  out[offset] = v[0]! * Math.sin(yaw) + v[2]! * Math.cos(yaw);
}

function writeSidewaysVelocity({ linearVelocities: v, yaw }: ArticulatedBody, out: Float32Array, offset: number): void {
  out[offset] = v[0]! * Math.cos(yaw) - v[2]! * Math.sin(yaw);
}

function writeVerticalVelocity({ linearVelocities }: ArticulatedBody, out: Float32Array, offset: number): void {
  out[offset] = linearVelocities[1]!;
}

function writeRotation({ rotations }: ArticulatedBody, out: Float32Array, offset: number): void {
  for (let i = 0; i < 4; i++) out[offset + i] = rotations[i]!;
}

function writeYaw({ rotations }: ArticulatedBody, out: Float32Array, offset: number): void {
  out[offset] = headingOf(rotations, 0);
}

function writeYawRate({ angularVelocities }: ArticulatedBody, out: Float32Array, offset: number): void {
  out[offset] = angularVelocities[1]!;
}

function writeVelocity({ linearVelocities }: ArticulatedBody, out: Float32Array, offset: number): void {
  for (let i = 0; i < 3; i++) out[offset + i] = linearVelocities[i]!;
}

function writeAngularVelocity({ angularVelocities }: ArticulatedBody, out: Float32Array, offset: number): void {
  for (let i = 0; i < 3; i++) out[offset + i] = angularVelocities[i]!;
}

function writeUp(body: ArticulatedBody, out: Float32Array, offset: number): void {
  const { rotations: q } = body;
  const x = q[0]!,
    y = q[1]!,
    z = q[2]!,
    w = q[3]!;
  writeInHeading(body, 2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x), out, offset);
}

function writeHeadingVelocity(body: ArticulatedBody, out: Float32Array, offset: number): void {
  const { linearVelocities: v } = body;
  writeInHeading(body, v[0]!, v[1]!, v[2]!, out, offset);
}

function writeHeadingAngularVelocity(body: ArticulatedBody, out: Float32Array, offset: number): void {
  const { angularVelocities: w } = body;
  writeInHeading(body, w[0]!, w[1]!, w[2]!, out, offset);
}

/** Turns a vector into the root's heading, the horizontal direction of its own +z axis. */
function writeInHeading(
  { rotations: q }: ArticulatedBody,
  vx: number,
  vy: number,
  vz: number,
  out: Float32Array,
  offset: number,
): void {
  const [sin, cos] = directionOf(q, 0);
  out[offset] = vx * cos - vz * sin;
  out[offset + 1] = vy;
  out[offset + 2] = vx * sin + vz * cos;
}
