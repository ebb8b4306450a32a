import type { Rhythm } from "../agent/motionCommand.js";
import type { Random } from "../random.js";
import type { TaskState } from "./task.js";

/** Decides during an episode what a character is asked to do; one per agent. */
export interface CommandSource {
  /** Called when an episode begins: everything about the command has been reset. */
  begin(state: TaskState, random: Random): void;
  /** Called after each control step. */
  step(state: TaskState, random: Random): void;
  /** What to note of the episode, beside its rewards. */
  measures?(): Readonly<Record<string, number>>;
}

/** Environment parameters of {@link GoalCommands}, with what they are where nobody sets them. */
export const GOAL_PARAMETERS = {
  /** m/s; below 0.1 the character is to stand. */
  "target-speed": 1,
  /** Direction of travel against the direction to face, rad: π/2 is to the right, π backward. */
  "target-direction": 0,
  /** Turn from the direction faced so far, rad, at the start and whenever the command changes. */
  "target-turn": 0,
  /** Mean seconds from one command to the next; 0: one for the whole episode. */
  "command-seconds": 0,
  /** m to a target that the character is to walk to, and that jumps to another place when it is reached; 0: none. */
  "target-distance": 0,
} as const;

/** A target counts as reached within this distance of the root, m. */
const REACHED = 0.8;

export interface GoalCommandOptions {
  /** The rhythm at a speed in m/s; default none, the character chooses. */
  readonly rhythm?: (speed: number) => Rhythm;
  /** rad/s at which the heading turns to a target; default at once. */
  readonly turnRate?: number;
}

/** Asks for a velocity along a heading, or to walk to a target, as the environment parameters say. */
export class GoalCommands implements CommandSource {
  private nextChange = Number.POSITIVE_INFINITY;
  private targetsReached = 0;

  constructor(private readonly options: GoalCommandOptions = {}) {}

  begin(state: TaskState, random: Random): void {
    this.targetsReached = 0;
    state.command.heading = state.body.yaw;
    state.command.phase = random.uniform();
    this.give(state, random);
    if (targetDistance(state) > 0) {
      this.moveTarget(state, random);
      this.faceTarget(state);
    }
  }

  step(state: TaskState, random: Random): void {
    const { target } = state.command;
    if (target) {
      const { positions } = state.body;
      if (Math.hypot(target[0] - positions[0]!, target[2] - positions[2]!) < REACHED) {
        this.targetsReached++;
        this.moveTarget(state, random);
      }
      this.faceTarget(state);
    }
    if (state.seconds >= this.nextChange) {
      for (const name of Object.keys(GOAL_PARAMETERS)) state.parameters.redraw(name, random);
      this.give(state, random);
    }
  }

  measures(): Readonly<Record<string, number>> {
    return { targetsReached: this.targetsReached };
  }

  private give({ command, parameters, seconds }: TaskState, random: Random): void {
    const get = (name: keyof typeof GOAL_PARAMETERS) => parameters.getWithDefault(name, GOAL_PARAMETERS[name]);
    const speed = Math.max(0, get("target-speed"));
    const direction = get("target-direction");
    command.forward = speed * Math.cos(direction);
    command.sideways = speed * Math.sin(direction);
    command.heading += get("target-turn");
    const rhythm = this.options.rhythm?.(speed);
    if (rhythm) Object.assign(command, rhythm);
    const interval = get("command-seconds");
    this.nextChange = interval > 0 ? seconds + interval * random.uniform(0.5, 1.5) : Number.POSITIVE_INFINITY;
  }

  private faceTarget({ body: { positions }, command, dt }: TaskState): void {
    const { turnRate = Number.POSITIVE_INFINITY } = this.options;
    command.faceTarget(positions[0]!, positions[2]!, turnRate * dt);
  }

  private moveTarget(state: TaskState, random: Random): void {
    const { positions, ground, world } = state.body;
    const bearing = random.uniform(-Math.PI, Math.PI);
    const distance = targetDistance(state);
    const x = positions[0]! + distance * Math.sin(bearing);
    const z = positions[2]! + distance * Math.cos(bearing);
    state.command.target = [x, world.heightAt?.(x, z) ?? ground[1], z];
  }
}

function targetDistance({ parameters }: TaskState): number {
  return parameters.getWithDefault("target-distance", GOAL_PARAMETERS["target-distance"]);
}
