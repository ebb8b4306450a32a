import type { ParameterSource } from "../agent/environmentParameters.js";
import type { BodySpec } from "../body/spec.js";
import { InputError } from "../inputError.js";
import { compileTerm } from "./rewards/code.js";
import { rewardByName } from "./rewards/library.js";
import type { TermOption } from "./rewards/term.js";
import type { RewardTerm, TaskDefinition } from "./task.js";
import { TERRAIN_PARAMETERS } from "./terrain.js";
import { VARIATION_PARAMETERS } from "./variation.js";

/**
 * What a configuration says about one reward term: its weight; a mapping of the weight, the term of the library (by
 * default the one of this name) and the term's options; or of the weight and code, see `rewards/code.ts`.
 */
export type RewardSetting =
  | number
  | CodedReward
  | { readonly weight: number; readonly term?: string; readonly [option: string]: TermOption | undefined };

export interface CodedReward {
  readonly weight: number;
  readonly code: string;
}

export type RewardSettings = Readonly<Record<string, RewardSetting>>;

/** A term with its weight. */
export interface WeightedTerm {
  readonly name: string;
  readonly weight: number;
  /** Environment parameter that multiplies the weight. */
  readonly scaledBy: string | null;
  readonly term: RewardTerm;
  /** Whether it may fail, as what somebody is still writing does. */
  readonly fallible: boolean;
}

/**
 * The terms of a task, some with other weights, and those of the library that a configuration adds by name.
 * @throws InputError for a term that neither task nor library has, a weight that is not a number, a wrong option.
 */
export function resolveRewards(task: TaskDefinition, body: BodySpec, settings: RewardSettings = {}): WeightedTerm[] {
  const terms = new Map(
    Object.entries(task.rewards).map(([name, term]) => [
      name,
      { name, term, weight: task.weights[name]!, scaledBy: task.scaledBy?.[name] ?? null, fallible: false },
    ]),
  );
  for (const [name, setting] of Object.entries(settings)) {
    const { weight, code, term: libraryName, ...options } = mappingOf(setting);
    if (typeof weight !== "number" || !Number.isFinite(weight)) {
      throw new InputError(`The weight of reward term "${name}" is ${JSON.stringify(weight)}, it must be a number.`);
    }
    const own = terms.get(name);
    const scaledBy = own?.scaledBy ?? null;
    if (code !== undefined) {
      terms.set(name, { name, weight, term: compileTerm(name, code), scaledBy, fallible: true });
      continue;
    }
    const asItIs = own && libraryName === undefined && Object.keys(options).length === 0;
    const term = asItIs ? own.term : rewardByName(libraryName ?? name, options, body, Object.keys(task.rewards));
    terms.set(name, { name, weight, term, scaledBy, fallible: false });
  }
  return [...terms.values()];
}

interface RewardMapping {
  readonly weight: number;
  readonly code?: string;
  readonly term?: string;
  readonly [option: string]: TermOption | undefined;
}

function mappingOf(setting: RewardSetting): RewardMapping {
  return typeof setting === "number" ? { weight: setting } : { ...setting };
}

/** What every scene reads. */
const COMMON_PARAMETERS = { ...VARIATION_PARAMETERS, ...TERRAIN_PARAMETERS };

/**
 * The task's environment parameters with some replaced.
 * @throws InputError for a parameter that the task does not read.
 */
export function resolveParameters(
  task: TaskDefinition,
  overrides: Readonly<Record<string, ParameterSource>> = {},
): Readonly<Record<string, ParameterSource>> {
  const known: Readonly<Record<string, ParameterSource>> = { ...COMMON_PARAMETERS, ...task.parameters };
  for (const [name, value] of Object.entries(overrides)) {
    if (!Object.hasOwn(known, name)) {
      throw new InputError(
        `Environment parameter "${name}" is unknown, the task reads ${Object.keys({ ...task.parameters, ...COMMON_PARAMETERS }).join(", ")}.`,
      );
    }
    if (typeof value === "number" && !Number.isFinite(value)) {
      throw new InputError(`Environment parameter "${name}" is ${value}, it must be a number.`);
    }
  }
  return { ...task.parameters, ...overrides };
}
