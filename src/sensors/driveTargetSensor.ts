import type { ArticulatedBody } from "../body/articulatedBody.js";
import { drivenMirror, type MirrorMap } from "../body/mirror.js";
import type { Sensor } from "./sensor.js";

/** What every drive was last told: target angle (rad), target speed (rad/s) or torque (N·m), as the drive understood it. */
export class DriveTargetSensor implements Sensor {
  readonly size: number;
  private readonly drives: ArticulatedBody["drives"];

  constructor(
    private readonly body: ArticulatedBody,
    readonly name = "drive-targets",
  ) {
    this.drives = body.drives.filter((drive) => drive !== null);
    this.size = this.drives.length;
  }

  mirror(): MirrorMap {
    return drivenMirror(this.body, this.drives);
  }

  write(out: Float32Array, offset: number): void {
    for (let i = 0; i < this.size; i++) out[offset + i] = this.drives[i]!.target;
  }
}
