import type { MotionCommand } from "../agent/motionCommand.js";
import type { ArticulatedBody } from "../body/articulatedBody.js";
import { type MirrorMap, signsOnly } from "../body/mirror.js";
import { Pace } from "../body/pace.js";
import type { Sensor } from "./sensor.js";

/**
 * How much faster the character has gone, on the mean of its last steps, than it is asked to: along the heading asked
 * for and to the right of it, m/s. What it sees it can correct, with the noise of training and without.
 */
export class PaceSensor implements Sensor {
  readonly size = 2;
  private readonly pace: Pace;
  private begun = false;

  /** @param dt seconds between two decisions */
  constructor(
    body: ArticulatedBody,
    private readonly command: MotionCommand,
    private readonly dt: number,
    readonly name = "pace",
  ) {
    this.pace = new Pace(body);
  }

  mirror(): MirrorMap {
    return signsOnly(1, -1);
  }

  /** The body has not been put to its start yet. */
  reset(): void {
    this.begun = false;
  }

  update(): void {
    if (this.begun) this.pace.update(this.dt);
    else this.pace.begin();
    this.begun = true;
  }

  write(out: Float32Array, offset: number): void {
    const { command, pace } = this;
    out[offset] = command.along(pace.x, pace.z) - command.forward;
    out[offset + 1] = command.across(pace.x, pace.z) - command.sideways;
  }
}
