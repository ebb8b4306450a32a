import { type Drive, drivesOfJoint } from "../body/drives.js";
import { type MirrorMap, oppositeOf, signsOnly } from "../body/mirror.js";
import { InputError } from "../inputError.js";
import type { OrientationCube } from "./orientationCube.js";
import type { Sensor } from "./sensor.js";

/** Signs of the numbers of each field when they are seen in the mirror; as many as there are numbers. */
const SIGNS = {
  /** 1 while the part touches something, else 0. */
  touchingGround: [1],
  /** m/s and rad/s, in the frame of the orientation cube. */
  linearVelocity: [-1, 1, 1],
  angularVelocity: [1, -1, -1],
  /** Place against the root, in the frame of the orientation cube, m. */
  relativePosition: [-1, 1, 1],
  /** Rotation against the part that it hangs on, x y z w. */
  localRotation: [1, -1, -1, 1],
  /** Share of their `maxTorque` that the drives of the joint of the part's own name were last allowed. */
  strength: [1],
} as const;

export type PartField = keyof typeof SIGNS;

/** What ML-Agents' `CollectObservationBodyPart` tells of one part: a block `part:<name>` with the fields in their order. */
export class PartStateSensor implements Sensor {
  readonly name: string;
  readonly size: number;
  readonly opposite: string;
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
    this.opposite = `part:${oppositeOf(body.spec, part)}`;
    this.part = body.partIndex(part);
    const fail = (what: string): never => {
      throw new InputError(`Sensor "${this.name}": ${what}.`);
    };
    for (const field of fields) {
      if (!Object.hasOwn(SIGNS, field)) {
        fail(`field "${field}" is unknown, allowed are ${Object.keys(SIGNS).join(", ")}`);
      }
    }
    const joint = body.spec.joints.find(({ child }) => child === part);
    if (fields.includes("localRotation") && !joint) fail("the root has no localRotation, it hangs on nothing");
    this.parent = joint ? body.partIndex(joint.parent) : this.part;
    this.drive = fields.includes("strength") ? drivesOfJoint(body, part)[0]! : null;
    this.size = fields.reduce((sum, field) => sum + SIGNS[field].length, 0);
    if (fields.includes("touchingGround")) body.watchContacts([this.part]);
  }

  /** @throws InputError for a part whose prefab has turned its frame, which its numbers then lie in */
  mirror(): MirrorMap {
    if (this.cube.isTurned(this.part) || this.cube.isTurned(this.parent)) {
      throw new InputError(`Sensor "${this.name}" has no mirror image: the prefab's frame of the part is turned.`);
    }
    return signsOnly(...this.fields.flatMap((field) => SIGNS[field]));
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
      at += SIGNS[field].length;
    }
  }
}
