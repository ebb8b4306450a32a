import type { ArticulatedBody } from "../body/articulatedBody.js";
import { drivenMirror, type MirrorMap } from "../body/mirror.js";
import type { Sensor } from "./sensor.js";

/** What every drive was last told: target angle (rad), target speed (rad/s) or torque (N·m), as the drive understood it. */
export class DriveTargetSensor implements Sensor {
  readonly size: number;

  constructor(
    private readonly body: ArticulatedBody,
    readonly name = "drive-targets",
  ) {
    this.size = body.driveBank.targets.length;
  }

  mirror(): MirrorMap {
    return drivenMirror(
      this.body,
      this.body.drives.filter((drive) => drive !== null),
    );
  }

  write(out: Float32Array, offset: number): void {
    const { targets } = this.body.driveBank;
    for (let i = 0; i < targets.length; i++) out[offset + i] = targets[i]!;
  }
}
