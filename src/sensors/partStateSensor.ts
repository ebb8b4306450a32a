import { type Drive, drivesOfJoint } from "../body/drives.js";
import { InputError } from "../inputError.js";
import type { OrientationCube } from "./orientationCube.js";
import type { Sensor } from "./sensor.js";

const SIZES = {
  /** 1 while the part touches something, else 0. */
  touchingGround: 1,
  /** m/s and rad/s, in the frame of the orientation cube. */
  linearVelocity: 3,
  angularVelocity: 3,
  /** Place against the root, in the frame of the orientation cube, m. */
  relativePosition: 3,
  /** Rotation against the part that it hangs on, x y z w. */
  localRotation: 4,
  /** Share of their `maxTorque` that the drives of the joint of the part's own name were last allowed. */
  strength: 1,
} as const;

export type PartField = keyof typeof SIZES;

/** What ML-Agents' `CollectObservationBodyPart` tells of one part: a block `part:<name>` with the fields in their order. */
export class PartStateSensor implements Sensor {
  readonly name: string;
  readonly size: number;
  private readonly part: number;
  private readonly parent: number;
  private readonly drive: Drive | null;

  /** @throws InputError for an unknown part or field, and for a field that the part cannot have */
  constructor(
    private readonly cube: OrientationCube,
    part: string,
    private readonly fields: readonly PartField[],
  ) {
    const { body } = cube;
    this.name = `part:${part}`;
    this.part = body.partIndex(part);
    const fail = (what: string): never => {
      throw new InputError(`Sensor "${this.name}": ${what}.`);
    };
    for (const field of fields) {
      if (!Object.hasOwn(SIZES, field)) {
        fail(`field "${field}" is unknown, allowed are ${Object.keys(SIZES).join(", ")}`);
      }
    }
    const joint = body.spec.joints.find(({ child }) => child === part);
    if (fields.includes("localRotation") && !joint) fail("the root has no localRotation, it hangs on nothing");
    this.parent = joint ? body.partIndex(joint.parent) : this.part;
    this.drive = fields.includes("strength") ? drivesOfJoint(body, part)[0]! : null;
    this.size = fields.reduce((sum, field) => sum + SIZES[field], 0);
    if (fields.includes("touchingGround")) body.watchContacts([this.part]);
  }

  write(out: Float32Array, offset: number): void {
    const { cube, part } = this;
    const { contacts, linearVelocities: v, angularVelocities: w } = cube.body;
    const i = part * 3;
    cube.update();
    let at = offset;
    for (const field of this.fields) {
      if (field === "touchingGround") out[at] = contacts[part]!;
      else if (field === "linearVelocity") cube.writeVector(v[i]!, v[i + 1]!, v[i + 2]!, out, at);
      else if (field === "angularVelocity") cube.writeVector(w[i]!, w[i + 1]!, w[i + 2]!, out, at);
      else if (field === "relativePosition") cube.writePosition(part, out, at);
      else if (field === "localRotation") cube.writeRelativeRotation(part, this.parent, out, at);
      else out[at] = this.drive!.share;
      at += SIZES[field];
    }
  }
}
