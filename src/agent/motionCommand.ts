import type { Vec3 } from "../body/spec.js";

/** Below this speed a command means: stand, m/s. */
const STANDING = 0.1;
const DEFAULT_DUTY = 0.6;

/** How often a character steps, and for how long its feet stay down. */
export type Rhythm = Pick<MotionCommand, "cadence" | "duty">;

/**
 * What a character is asked to do: which way to look, how to move against that, and at what rhythm to step. A game sets
 * it, or follows a target with `faceTowards`; in training the task does.
 */
export class MotionCommand {
  /** Direction to face, rad about the vertical: 0 is +z, π/2 is +x. */
  heading = 0;
  /** Velocity wanted along the heading, and to the right of it, m/s. */
  forward = 0;
  sideways = 0;
  /** Strides per second; 0: the character chooses. */
  cadence = 0;
  /** Share of the stride that each foot should be on the ground. */
  duty = DEFAULT_DUTY;
  /** The place to go to, m, for those that look at it; null: none. The heading does not follow it by itself. */
  target: Vec3 | null = null;
  /** Where in its stride the character should be, 0 … 1. */
  phase = 0;
  private readonly lastDirection = { heading: 0, sin: 0, cos: 1 };

  /** m/s */
  get speed(): number {
    return Math.sqrt(this.forward * this.forward + this.sideways * this.sideways);
  }

  get standing(): boolean {
    return this.speed < STANDING;
  }

  /** World velocity that is asked for, along x and z, m/s. */
  get velocityX(): number {
    const { sin, cos } = this.direction();
    return this.forward * sin + this.sideways * cos;
  }
  get velocityZ(): number {
    const { sin, cos } = this.direction();
    return this.forward * cos - this.sideways * sin;
  }

  /**
   * Turns the heading from one place on the ground towards another.
   * @param most rad; the heading is turned by no more than this, the shorter way round
   */
  faceTowards(fromX: number, fromZ: number, toX: number, toZ: number, most = Number.POSITIVE_INFINITY): void {
    const bearing = Math.atan2(toX - fromX, toZ - fromZ);
    const off = bearing - this.heading;
    const turn = Math.atan2(Math.sin(off), Math.cos(off));
    this.heading = Math.abs(turn) <= most ? bearing : this.heading + Math.sign(turn) * most;
  }

  /** Turns the heading from a place on the ground towards the target, if there is one, by no more than `most` rad. */
  faceTarget(fromX: number, fromZ: number, most?: number): void {
    if (this.target) this.faceTowards(fromX, fromZ, this.target[0], this.target[2], most);
  }

  /** Lets the phase run on; `CharacterAgent` does it once per decision. */
  advance(seconds: number): void {
    const phase = this.phase + this.cadence * seconds;
    this.phase = phase - Math.floor(phase);
  }

  /** What of a vector along x and z lies along the heading, and to the right of it. */
  along(x: number, z: number): number {
    const { sin, cos } = this.direction();
    return x * sin + z * cos;
  }
  across(x: number, z: number): number {
    const { sin, cos } = this.direction();
    return x * cos - z * sin;
  }

  /** Of the heading: asked for again and again, while it seldom changes. */
  private direction(): { readonly sin: number; readonly cos: number } {
    const { lastDirection, heading } = this;
    if (lastDirection.heading !== heading) {
      lastDirection.heading = heading;
      lastDirection.sin = Math.sin(heading);
      lastDirection.cos = Math.cos(heading);
    }
    return lastDirection;
  }

  reset(): void {
    this.heading = 0;
    this.forward = 0;
    this.sideways = 0;
    this.cadence = 0;
    this.duty = DEFAULT_DUTY;
    this.phase = 0;
    this.target = null;
  }
}
