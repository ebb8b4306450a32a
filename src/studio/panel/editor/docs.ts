import type { EnvironmentParameters } from "../../../agent/environmentParameters.js";
import type { MotionCommand } from "../../../agent/motionCommand.js";
import type { ArticulatedBody } from "../../../body/articulatedBody.js";
import type { Pace } from "../../../body/pace.js";
import type { Feet } from "../../../task/feet.js";
import type { TaskState } from "../../../task/task.js";

/** What a term can read, as completion shows it. */
export interface Doc {
  /** Type, and unit if there is one. */
  readonly type: string;
  readonly text: string;
}

type Docs<Type, Hidden extends keyof Type = never> = Readonly<Record<Exclude<keyof Type, Hidden>, Doc>>;

const doc = (type: string, text: string): Doc => ({ type, text });

// The compiler compares each table with the type that it describes: a member that is new, renamed or gone is an error
// here. Hidden is what a reward must not touch: what moves the character, or belongs to the engine.

const STATE: Docs<TaskState> = {
  body: doc("ArticulatedBody", "Where its parts and joints are and how they move."),
  feet: doc("Feet", "How its feet meet the ground."),
  pace: doc("Pace", "Its velocity over the ground, averaged over about a stride."),
  command: doc("MotionCommand", "What the character is asked to do."),
  action: doc("Float32Array", "The action that was just carried out, in [−1, 1]."),
  previousAction: doc("Float32Array", "The action before; zeros at the start of an episode."),
  dt: doc("number · s", "Length of one control step."),
  seconds: doc("number · s", "Time since the episode began."),
  previousRoot: doc("Float32Array · m", "Where the root part was one control step ago: x, y, z."),
  startHeight: doc("(part) => number · m", "Height of a part's centre above the ground in the start pose."),
  parameters: doc("EnvironmentParameters", "Numbers that shape the task from outside."),
};

const BODY: Docs<
  ArticulatedBody,
  | "world"
  | "bodies"
  | "handles"
  | "hash"
  | "collisionBit"
  | "startPose"
  | "watchContacts"
  | "readState"
  | "driveBank"
  | "reset"
  | "applyImpulse"
  | "scaleSize"
  | "scaleMass"
  | "scaleFriction"
  | "dispose"
> = {
  positions: doc("Float32Array · m", "Centres of all parts in the world: x, y, z of part 0, then of part 1, …"),
  rotations: doc("Float32Array", "Rotations of all parts: quaternion x, y, z, w of part 0, then of part 1, …"),
  linearVelocities: doc("Float32Array · m/s", "Velocities of all parts' centres: x, y, z of part 0, then of part 1, …"),
  angularVelocities: doc(
    "Float32Array · rad/s",
    "Angular velocities of all parts: x, y, z of part 0, then of part 1, …",
  ),
  jointValues: doc("Float32Array · rad or m", "Angle, or displacement of a slider, of each degree of freedom."),
  jointRates: doc("Float32Array · rad/s or m/s", "Rate of each degree of freedom."),
  contacts: doc("Uint8Array", "1 for each part that touches something; feet and parts that the task watches."),
  contactForces: doc("Float32Array · N", "Force of the contact on each part; feet and parts that the task watches."),
  startValues: doc("number[] · rad or m", "The start pose, one value per degree of freedom."),
  limits: doc("([low, high] | null)[] · rad or m", "Limits of each degree of freedom; null where it is free."),
  drives: doc("(Drive | null)[]", "The motor of each degree of freedom; null where the joint is passive."),
  ground: doc("[x, y, z] · m", "Point of the ground where the body starts."),
  yaw: doc("number · rad", "Turn about the vertical at the start."),
  planeNormal: doc("[x, y, z] | null", "Normal of the plane in which a planar body lives; null for others."),
  spec: doc("BodySpec", "The description of its parts and joints."),
  size: doc("number", "Its lengths as a factor of what is specified."),
  partIndex: doc("(name) => number", "Number of the part with this name."),
  heightAbove: doc("(part) => number · m", "Height of a part's centre above the ground below it."),
};

const FEET: Docs<Feet, "begin" | "update"> = {
  parts: doc("number[]", "Numbers of the feet among the body's parts."),
  down: doc("Uint8Array", "1 for each foot that is on the ground, or has left it just now."),
  landed: doc("Uint8Array", "1 for each foot in the step in which it has come down."),
  airSeconds: doc(
    "Float32Array · s",
    "Time since each foot has left the ground; at landing, length of the whole swing.",
  ),
  groundSeconds: doc("Float32Array · s", "Time since each foot has come down; 0 in the air."),
  count: doc("number", "How many feet there are."),
  airborne: doc("boolean", "Whether no foot is on the ground."),
  clearance: doc("(foot) => number · m", "Height of a foot's centre above its height with a flat sole."),
  groundSpeed: doc("(foot) => number · m/s", "Speed of a foot's centre over the ground."),
};

const PACE: Docs<Pace, "begin" | "update"> = {
  x: doc("number · m/s", "Mean velocity of the centre of mass along x."),
  z: doc("number · m/s", "Mean velocity of the centre of mass along z."),
  along: doc("(heading) => number · m/s", "Its part along a heading in rad."),
  across: doc("(heading) => number · m/s", "Its part to the right of a heading in rad."),
};

const COMMAND: Docs<MotionCommand, "faceTowards" | "faceTarget" | "advance" | "reset"> = {
  heading: doc("number · rad", "Direction to face, about the vertical: 0 is +z, π/2 is +x."),
  forward: doc("number · m/s", "Velocity wanted along the heading."),
  sideways: doc("number · m/s", "Velocity wanted to the right of the heading."),
  cadence: doc("number · 1/s", "Strides per second; 0: the character chooses."),
  duty: doc("number", "Share of the stride that each foot should be on the ground."),
  target: doc("[x, y, z] | null · m", "The place to go to; null: none."),
  phase: doc("number", "Where in its stride the character should be, 0 … 1."),
  speed: doc("number · m/s", "Speed that is asked for."),
  standing: doc("boolean", "Whether it is asked to stand."),
  along: doc("(x, z) => number", "What of a vector lies along the heading."),
  across: doc("(x, z) => number", "What of a vector lies to the right of the heading."),
  velocityX: doc("number · m/s", "World velocity that is asked for, along x."),
  velocityZ: doc("number · m/s", "World velocity that is asked for, along z."),
};

const PARAMETERS: Docs<EnvironmentParameters, "set" | "drawFrom" | "redraw"> = {
  getWithDefault: doc("(name, fallback) => number", "A parameter's value, or `fallback` when nobody has set it."),
  keys: doc("() => string[]", "Names of all parameters that are set."),
};

/** Members of the state, and by name those of its members that have some of their own. */
export const DOCS: { readonly state: Readonly<Record<string, Doc>> } & {
  readonly [member in "body" | "feet" | "pace" | "command" | "parameters"]: Readonly<Record<string, Doc>>;
} = { state: STATE, body: BODY, feet: FEET, pace: PACE, command: COMMAND, parameters: PARAMETERS };
