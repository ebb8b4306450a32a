import type { Vec3 } from "../body/spec.js";
import type { Random } from "../random.js";
import type { CommandSource } from "./commands.js";
import type { TaskState } from "./task.js";

export interface TargetCommandOptions {
  /** m; targets are uniform points of a ball of this radius, moved straight onto the ground. */
  readonly radius: number;
  /** Middle of the ball along +z from where the body begins, m. Default 0. */
  readonly ahead?: number;
  /** Height of a target's centre above the ground, m. */
  readonly height: number;
  /** A target is reached when the root is this near to it over the ground, m. */
  readonly reach: number;
  /** Allowed speeds, m/s. */
  readonly speeds: readonly [slowest: number, fastest: number];
  /** m/s where the parameter `target-speed` is not set. */
  readonly speed: number;
}

/**
 * Asks to go to a target, as ML-Agents' walkers do, at the speed of the parameter `target-speed`. A target that is
 * reached comes down at another place; it stays where it is when an episode begins.
 */
export class TargetCommands implements CommandSource {
  private target: Vec3 | null = null;
  private reached = 0;
  /** m from the root over the ground when it was last looked at. */
  private distance = 0;
  /** m nearer to its targets since the episode began. */
  private gained = 0;
  private seconds = 0;

  constructor(private readonly options: TargetCommandOptions) {}

  begin(state: TaskState, random: Random): void {
    const { speed, speeds } = this.options;
    const wanted = state.parameters.getWithDefault("target-speed", speed);
    state.command.forward = Math.max(speeds[0], Math.min(speeds[1], wanted));
    this.reached = 0;
    this.gained = 0;
    this.seconds = 0;
    if (!this.target) this.place(state, random);
    this.distance = this.distanceFrom(state);
    this.show(state);
  }

  step(state: TaskState, random: Random): void {
    const before = this.distance;
    this.distance = this.distanceFrom(state);
    this.gained += before - this.distance;
    this.seconds = state.seconds;
    if (this.distance < this.options.reach) {
      this.reached++;
      this.place(state, random);
      this.distance = this.distanceFrom(state);
    }
    this.show(state);
  }

  /** `speedToTarget`: how fast it came nearer to its targets, m/s. */
  measures(): Readonly<Record<string, number>> {
    return {
      targetsReached: this.reached,
      speedToTarget: this.seconds > 0 ? this.gained / this.seconds : 0,
    };
  }

  private distanceFrom({ body: { positions: p } }: TaskState): number {
    return Math.hypot(this.target![0] - p[0]!, this.target![2] - p[2]!);
  }

  private place({ body: { ground, world } }: TaskState, random: Random): void {
    const { radius, ahead = 0, height } = this.options;
    const bearing = random.uniform(-Math.PI, Math.PI);
    const cosine = random.uniform(-1, 1);
    const distance = radius * Math.cbrt(random.uniform()) * Math.sqrt(1 - cosine * cosine);
    const x = ground[0] + distance * Math.sin(bearing);
    const z = ground[2] + ahead + distance * Math.cos(bearing);
    this.target = [x, height + (world.heightAt?.(x, z) ?? ground[1]), z];
  }

  private show({ body: { positions }, command }: TaskState): void {
    command.target = this.target;
    command.faceTarget(positions[0]!, positions[2]!);
  }
}
