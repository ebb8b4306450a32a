import type { ArticulatedBody } from "../body/articulatedBody.js";
import { type MirrorMap, mirrorOf, selectMirror } from "../body/mirror.js";
import type { Sensor } from "./sensor.js";

/** 1 for each named part that touches something, else 0. Default: the body's feet. */
export class ContactSensor implements Sensor {
  readonly size: number;
  private readonly parts: readonly number[];

  constructor(
    private readonly body: ArticulatedBody,
    parts: readonly string[] = body.spec.feet ?? [],
    readonly name = "contacts",
  ) {
    this.parts = parts.map((part) => body.partIndex(part));
    this.size = parts.length;
    body.watchContacts(this.parts);
  }

  mirror(): MirrorMap {
    return selectMirror(mirrorOf(this.body.spec).parts, this.parts);
  }

  write(out: Float32Array, offset: number): void {
    for (let i = 0; i < this.parts.length; i++) out[offset + i] = this.body.contacts[this.parts[i]!]!;
  }
}
