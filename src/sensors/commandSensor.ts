import type { MotionCommand } from "../agent/motionCommand.js";
import type { ArticulatedBody } from "../body/articulatedBody.js";
import { directionOf } from "../body/heading.js";
import { type MirrorMap, signsOnly } from "../body/mirror.js";
import type { Sensor } from "./sensor.js";

/**
 * What the character is asked to do, as it looks from its root's own heading: velocity wanted forward and to the right of
 * the direction to face (m/s), sine and cosine of the turn that is left to face it, and the clock of the stride as sine
 * and cosine of its phase (zeros while it stands or has no rhythm to keep).
 */
export class CommandSensor implements Sensor {
  readonly size = 6;

  constructor(
    private readonly body: ArticulatedBody,
    private readonly command: MotionCommand,
    readonly name = "command",
  ) {}

  /** The mirror image steps half a stride later. */
  mirror(): MirrorMap {
    return signsOnly(1, -1, -1, 1, -1, -1);
  }

  write(out: Float32Array, offset: number): void {
    const { command } = this;
    const [sin, cos] = directionOf(this.body.rotations, 0);
    const clock = command.standing || command.cadence === 0 ? 0 : 1;
    const angle = 2 * Math.PI * command.phase;
    out[offset] = command.forward;
    out[offset + 1] = command.sideways;
    out[offset + 2] = -command.across(sin, cos);
    out[offset + 3] = command.along(sin, cos);
    out[offset + 4] = clock * Math.sin(angle);
    out[offset + 5] = clock * Math.cos(angle);
  }
}
