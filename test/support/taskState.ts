import { MotionCommand } from "../../src/agent/motionCommand.js";
import type { ArticulatedBody } from "../../src/body/articulatedBody.js";
import type { PartSpec } from "../../src/body/spec.js";
import type { Feet } from "../../src/task/feet.js";
import type { TaskState } from "../../src/task/task.js";

type Command = Partial<Pick<MotionCommand, "heading" | "forward" | "sideways" | "cadence" | "duty" | "phase">>;

/** What a reward term looks at; only what a test is about has to be said. */
export interface StateOptions extends Partial<Omit<TaskState, "body" | "feet" | "command" | "startHeight">> {
  /** Numbers of the body, such as joint values; positions and rotations by part. */
  readonly body?: Partial<{ readonly [K in keyof ArticulatedBody]: unknown }>;
  readonly feet?: Partial<{ readonly [K in keyof Feet]: unknown }>;
  readonly command?: Command;
  /** Names and masses of the parts. Default one of 1 kg, `root`. */
  readonly parts?: Readonly<Record<string, number>>;
  readonly startHeights?: readonly number[];
}

/** A state made by hand, for terms that only read numbers. */
export function taskState(options: StateOptions): TaskState {
  const { body, feet, command, parts = { root: 1 }, startHeights = [], ...others } = options;
  const names = Object.keys(parts);
  const spec = { name: "by hand", parts: names.map((name) => ({ name, mass: parts[name] }) as PartSpec) };
  return {
    ...others,
    command: Object.assign(new MotionCommand(), command),
    body: { spec, partIndex: (name: string) => names.indexOf(name), ...body },
    feet: { ...feet },
    startHeight: (part: number) => startHeights[part]!,
  } as unknown as TaskState;
}
