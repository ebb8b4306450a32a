import type { BodySpec } from "../../body/spec.js";
import { InputError } from "../../inputError.js";
import { nearest } from "../../nearest.js";
import type { RewardTerm } from "../task.js";
import * as effort from "./effort.js";
import * as feet from "./feet.js";
import * as motion from "./motion.js";
import type { LibraryTerm, TermOption, TermOptions } from "./term.js";

/** The reward terms that every scene can use, by the names that configurations give them. */
const library = {
  velocity: motion.velocity,
  heading: motion.heading,
  track: motion.track,
  forward: motion.forward,
  alive: motion.alive,
  upright: motion.upright,
  height: motion.height,
  effort: effort.effort,
  "action-rate": effort.actionRate,
  torque: effort.torque,
  power: effort.power,
  "joint-rates": effort.jointRates,
  "joint-limits": effort.jointLimits,
  posture: effort.posture,
  symmetry: effort.symmetry,
  "air-time": feet.airTime,
  flight: feet.flight,
  "foot-slip": feet.footSlip,
  "foot-clearance": feet.footClearance,
  "contact-schedule": feet.contactSchedule,
  "foot-groups": feet.footGroups,
  "foot-rest": feet.footRest,
  impact: feet.impact,
};

export type LibraryTermName = keyof typeof library;

/** All terms with what they measure, for help texts. */
export const rewardLibrary = library as unknown as Readonly<Record<LibraryTermName, LibraryTerm>>;

/** A term of the library, with some of its options set. */
export function reward<N extends LibraryTermName>(
  name: N,
  options: Partial<(typeof library)[N]["options"]> = {},
): RewardTerm {
  const term = rewardLibrary[name];
  return term.create({ ...term.options, ...(options as TermOptions) });
}

/**
 * The same for a name and options that somebody has written in a file.
 * @param others terms that the task has of its own, for the message
 * @throws InputError for an unknown term or option, an option of the wrong kind, a part that the body does not have
 */
export function rewardByName(
  name: string,
  options: Readonly<Record<string, unknown>>,
  body: BodySpec,
  others: readonly string[] = [],
): RewardTerm {
  const names = Object.keys(library);
  if (!Object.hasOwn(library, name)) {
    const guess = nearest(name, [...others, ...names]);
    const own = others.filter((term) => !names.includes(term));
    throw new InputError(
      `There is no reward term "${name}"${guess ? ` (did you mean ${guess}?)` : ""}; ${own.length > 0 ? `the task has ${own.join(", ")}, and ` : ""}the library ${names.join(", ")}.`,
    );
  }
  const term = rewardLibrary[name as LibraryTermName];
  for (const [key, value] of Object.entries(options)) {
    const allowed = term.options[key];
    if (allowed === undefined) {
      const known = Object.keys(term.options).join(", ") || "none";
      throw new InputError(`Reward term "${name}" has no option "${key}"; its options are ${known}.`);
    }
    const problem = optionProblem(value, allowed, body);
    if (problem) throw new InputError(`Option "${key}" of reward term "${name}" ${problem}.`);
  }
  term.check?.(body);
  return term.create({ ...term.options, ...(options as TermOptions) });
}

function optionProblem(value: unknown, allowed: TermOption, body: BodySpec): string | null {
  const isNumber = (x: unknown) => typeof x === "number" && Number.isFinite(x);
  if (typeof allowed === "number") return isNumber(value) ? null : `is ${JSON.stringify(value)}, it must be a number`;
  if (typeof allowed === "string") {
    const parts = body.parts.map((part) => part.name);
    return parts.includes(value as string)
      ? null
      : `is ${JSON.stringify(value)}, it must be a part of the body: ${parts.join(", ")}`;
  }
  return Array.isArray(value) && value.length > 0 && value.every(isNumber)
    ? null
    : `is ${JSON.stringify(value)}, it must be a list of numbers, one per foot`;
}
