import type { ArticulatedBody } from "../../body/articulatedBody.js";
import { perSpec } from "../../body/perSpec.js";
import { type BodySpec, partIndexOf } from "../../body/spec.js";
import type { RewardTerm } from "../task.js";

/** What can be set of a term: a number, one number per foot, or the name of a part ("" is the root). */
export type TermOption = number | string | readonly number[];
export type TermOptions = Readonly<Record<string, TermOption>>;

/** A reward term of the library: what it measures, in which unit, and what can be set. */
export interface LibraryTerm<O extends TermOptions = TermOptions> {
  readonly summary: string;
  readonly unit: string;
  /** The options with their defaults, whose kinds (number, list, name of a part) are the kinds allowed. */
  readonly options: O;
  /** Throws an InputError for a body that the term has no meaning for. */
  check?(spec: BodySpec): void;
  create(options: O): RewardTerm;
}

/** Lets the compiler find the kinds of the options. */
export function defineTerm<O extends TermOptions>(term: LibraryTerm<O>): LibraryTerm<O> {
  return term;
}

/** A term without options. */
export function plainTerm(summary: string, unit: string, value: RewardTerm): LibraryTerm<Record<never, never>> {
  return { summary, unit, options: {}, create: () => value };
}

/** Finds a part by name. */
export function partFinder(name: string): (body: ArticulatedBody) => number {
  if (name === "") return () => 0;
  const indexOf = perSpec((spec) => partIndexOf(spec, name));
  return ({ spec }) => indexOf(spec);
}
