import { z } from "zod";
import { InputError } from "../../inputError.js";
import { nearest } from "../../nearest.js";
import type { RewardSetting } from "../../task/resolve.js";

/**
 * The kinds of value that a trainer file holds. Each is a zod schema whose only message says all that is allowed,
 * because {@link validate} puts the place and the given value in front of it.
 */

export type Mapping = Readonly<Record<string, unknown>>;

export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// Quoted numbers and the underscores of YAML 1.1 (`5_000_000`), which ML-Agents' reader takes for numbers, arrive as text.
const NUMBER_TEXT = /^[-+]?(\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(e[-+]?\d+)?$/i;

export function readNumber(value: unknown): unknown {
  return typeof value === "string" && NUMBER_TEXT.test(value) ? Number(value.replaceAll("_", "")) : value;
}

// YAML 1.1, and so ML-Agents, has more words for true and false than YAML 1.2.
const BOOLEAN_TEXT = new Map([
  ["yes", true],
  ["on", true],
  ["true", true],
  ["no", false],
  ["off", false],
  ["false", false],
]);

function readBoolean(value: unknown): unknown {
  return typeof value === "string" ? (BOOLEAN_TEXT.get(value.toLowerCase()) ?? value) : value;
}

/** A set of numbers, in words and as a test. */
export interface NumberRange {
  readonly allowed: string;
  contains(value: number): boolean;
}

export const positive: NumberRange = { allowed: "a number above 0", contains: (x) => x > 0 };
export const notNegative: NumberRange = { allowed: "a number of at least 0", contains: (x) => x >= 0 };
/** (0, 1] */
export const fraction: NumberRange = {
  allowed: "a number above 0 and at most 1",
  contains: (x) => x > 0 && x <= 1,
};
/** 1, 2, 3 … */
export const count: NumberRange = {
  allowed: "an integer of at least 1",
  contains: (x) => Number.isSafeInteger(x) && x >= 1,
};

export function number(range: NumberRange, fallback: number) {
  const error = `must be ${range.allowed}`;
  return z.preprocess(readNumber, z.number(error).refine(range.contains, error)).default(fallback);
}

/** A number, or null for "off", which is the default unless `fallback` says otherwise. */
export function numberOrNull(range: NumberRange, fallback: number | null = null) {
  const error = `must be ${range.allowed}, or null`;
  return z.preprocess(readNumber, z.number(error).refine(range.contains, error).nullable()).default(fallback);
}

export function boolean(fallback: boolean) {
  return z.preprocess(readBoolean, z.boolean("must be true or false")).default(fallback);
}

export function choice<const T extends string>(values: readonly T[], fallback: NoInfer<T>) {
  return z.custom<T>((value) => values.includes(value as T), `must be one of: ${values.join(", ")}`).default(fallback);
}

/**
 * A mapping of reward terms to their weights, or to mappings of weight and options; empty unless given. Which terms and
 * options there are is the scene's business.
 */
export function rewardSettings() {
  const entry = "must be a weight, or a mapping of weight and options";
  const all = "must be a mapping of reward terms to weights";
  const setting = z.custom<RewardSetting>(
    // Nothing that is read from a file is run.
    (value) => (isMapping(value) ? typeof value.weight === "number" && !("code" in value) : Number.isFinite(value)),
    entry,
  );
  return z.record(z.string(), z.preprocess(readNumber, setting), all).default({});
}

/** A list of names, or null for "all", which is the default. */
export function namesOrNull() {
  const error = "must be a list of names, or null";
  return z.array(z.string(error), error).min(1, error).nullable().default(null);
}

export function textOrNull() {
  const error = "must be text, or null";
  return z.string(error).min(1, error).nullable().default(null);
}

/**
 * A mapping that holds the keys of `shape` and no others; one that is left out takes the defaults of all its keys.
 *
 * `withoutEffect` lists the keys that ML-Agents has beside these, each with the values that change nothing here. Such
 * a value is accepted and dropped, so that an ML-Agents file works unchanged; any other is refused as not supported.
 */
export function section<S extends z.ZodRawShape>(shape: S, withoutEffect: Record<string, readonly unknown[]> = {}) {
  const keys = Object.keys(shape);
  const harmless = ([key, value]: [string, unknown]) =>
    Object.hasOwn(withoutEffect, key) && withoutEffect[key]!.includes(readBoolean(value));
  const object = z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return `must be a mapping with keys among: ${keys.join(", ")}`;
      const key = issue.keys[0]!;
      if (Object.hasOwn(withoutEffect, key)) {
        const written = withoutEffect[key]!.map((value) => `or write ${value}`);
        return `known to ML-Agents but not supported here; ${["leave it out", ...written].join(", ")}`;
      }
      const guess = nearest(key, keys);
      return `but there is no such key${guess ? ` (did you mean ${guess}?)` : ""}; allowed here: ${keys.join(", ")}`;
    },
  });
  return z
    .preprocess(
      (value) =>
        isMapping(value) ? Object.fromEntries(Object.entries(value).filter((entry) => !harmless(entry))) : value,
      object,
    )
    .prefault({});
}

/** Hyperparameters whose `buffer_size` has to be at least their `batch_size`. */
export function atLeastBatch<S extends z.ZodType<{ buffer_size: number; batch_size: number }>>(schema: S) {
  return schema.refine(({ buffer_size, batch_size }) => buffer_size >= batch_size, {
    path: ["buffer_size"],
    error: ({ input }) => {
      const { buffer_size, batch_size } = input as { buffer_size: number; batch_size: number };
      return `must be at least batch_size (${buffer_size} < ${batch_size})`;
    },
  });
}

/**
 * The value as `schema` resolves it. Throws an `InputError` with one sentence about the first thing that is wrong.
 * @param locate the words for a place, such as `walker.yaml: behaviors.Walker.max_steps`
 */
export function validate<S extends z.ZodType>(
  schema: S,
  value: unknown,
  locate: (path: readonly PropertyKey[]) => string,
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const path = issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0]!] : issue.path;
  throw new InputError(`${locate(path)} is ${show(valueAt(value, path))}, ${issue.message}`);
}

/** The value at `path` through mappings and lists, undefined where there is none. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Mapping)[String(key)]
        : undefined,
    value,
  );
}

function show(value: unknown): string {
  if (value === undefined) return "left out";
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a mapping";
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
