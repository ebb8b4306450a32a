import { z } from "zod";
import type { ParameterSource } from "../../agent/environmentParameters.js";
import { boolean, choice, count, isMapping, notNegative, number, readNumber, section } from "./fields.js";

/** When a lesson is over. */
export interface CompletionCriteria {
  /** `reward`: mean return of finished episodes; `progress`: share of `max_steps`. */
  readonly measure: "reward" | "progress";
  readonly threshold: number;
  /** Episodes that have to be finished in the lesson, and that the mean return is taken over. */
  readonly minLessonLength: number;
  /** Whether the return is smoothed: 0.25 of what it was at the last look, 0.75 of what it is. */
  readonly signalSmoothing: boolean;
}

export interface Lesson {
  readonly name: string;
  readonly value: ParameterSource;
  /** Null in the last lesson only. */
  readonly completion: CompletionCriteria | null;
}

/** A parameter whose value or sampler changes as the policy gets better. */
export interface Curriculum {
  readonly lessons: readonly Lesson[];
}

export type ConfiguredParameter = ParameterSource | Curriculum;

export function isCurriculum(parameter: ConfiguredParameter): parameter is Curriculum {
  return typeof parameter === "object" && "lessons" in parameter;
}

const anyNumber = z.preprocess(readNumber, z.number("must be a number"));
const notNegativeError = `must be ${notNegative.allowed}`;

const SAMPLERS = {
  uniform: section({ min_value: anyNumber, max_value: anyNumber })
    .refine(({ min_value, max_value }) => min_value <= max_value, "must have a min_value of at most its max_value")
    .transform(({ min_value, max_value }): ParameterSource => ({ kind: "uniform", min: min_value, max: max_value })),
  gaussian: section({
    mean: anyNumber,
    st_dev: z.preprocess(readNumber, z.number(notNegativeError).min(0, notNegativeError)),
  })
    // As ML-Agents calls it.
    .transform(({ mean, st_dev }): ParameterSource => ({ kind: "gaussian", mean, std: st_dev })),
  multirangeuniform: section({
    intervals: z
      .array(z.tuple([anyNumber, anyNumber], "must be a list [low, high]"), "must be a list of intervals [low, high]")
      .min(1, "must be a list of intervals [low, high]")
      .refine((all) => all.every(([low, high]) => low < high), "must have intervals whose low end comes first"),
  }).transform(({ intervals }): ParameterSource => ({ kind: "multirange", intervals })),
};

type SamplerType = keyof typeof SAMPLERS;
const SAMPLER_TYPES = Object.keys(SAMPLERS) as SamplerType[];

/** Runs another schema on a value at `path` below, its first complaint becomes this one's. */
function parseAt<S extends z.ZodType>(
  schema: S,
  value: unknown,
  path: readonly PropertyKey[],
  context: z.RefinementCtx,
): z.output<S> | null {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const keys = issue.code === "unrecognized_keys" ? [issue.keys[0]!] : [];
  context.addIssue({ code: "custom", message: issue.message, path: [...path, ...issue.path, ...keys] });
  return null;
}

const samplerSchema = section({
  sampler_type: z.enum(SAMPLER_TYPES, `must be one of: ${SAMPLER_TYPES.join(", ")}`),
  sampler_parameters: z.unknown().prefault({}),
}).transform(({ sampler_type, sampler_parameters }, context): ParameterSource => {
  return parseAt(SAMPLERS[sampler_type], sampler_parameters, ["sampler_parameters"], context) ?? z.NEVER;
});

/** A number or a sampler. */
const sourceSchema = z.unknown().transform((value, context): ParameterSource => {
  return parseAt(isMapping(value) ? samplerSchema : anyNumber, value, [], context) ?? z.NEVER;
});

const lessonSchema = section({
  name: z.string("must be text"),
  value: sourceSchema,
  completion_criteria: section(
    {
      measure: choice(["reward", "progress"], "reward"),
      /** Whose reward it is; there is only one behaviour here. */
      behavior: z.unknown().optional(),
      threshold: anyNumber,
      min_lesson_length: number(
        { allowed: "an integer of at least 0", contains: (x) => x === 0 || count.contains(x) },
        0,
      ),
      signal_smoothing: boolean(true),
    },
    // A new lesson begins with each agent's next episode.
    { require_reset: [false] },
  )
    .nullable()
    .default(null),
});

const curriculumSchema = z
  .array(z.unknown(), "must be a list of lessons")
  .min(1, "must be a list of lessons")
  .transform((lessons, context): Curriculum => {
    const parsed = lessons.map((value, i): Lesson | null => {
      const lesson = parseAt(lessonSchema, value, [i], context);
      if (!lesson) return null;
      const { name, value: source, completion_criteria: criteria } = lesson;
      if (!criteria && i < lessons.length - 1) {
        context.addIssue({
          code: "custom",
          message: "must have completion_criteria, as every lesson but the last",
          path: [i],
        });
      }
      const completion = criteria && {
        measure: criteria.measure,
        threshold: criteria.threshold,
        minLessonLength: criteria.min_lesson_length,
        signalSmoothing: criteria.signal_smoothing,
      };
      return { name, value: source, completion };
    });
    return parsed.every((lesson) => lesson !== null) ? { lessons: parsed } : z.NEVER;
  });

const parameterSchema = z.unknown().transform((value, context): ConfiguredParameter => {
  if (isMapping(value) && Object.hasOwn(value, "curriculum")) {
    return parseAt(curriculumSchema, value.curriculum, ["curriculum"], context) ?? z.NEVER;
  }
  return parseAt(sourceSchema, value, [], context) ?? z.NEVER;
});

/** `environment_parameters` of a trainer file, in ML-Agents' shape: numbers, samplers and curricula by name. */
export const environmentParametersSchema = z
  .record(z.string(), parameterSchema, "must be a mapping of parameter names to numbers, samplers or curricula")
  .nullable()
  .default({})
  .transform((parameters) => parameters ?? {});

/** The same as it is written in a file; `environmentParametersSchema` gives it back. */
export function formatEnvironmentParameters(
  parameters: Readonly<Record<string, ConfiguredParameter>>,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, formatParameter(value)]));
}

function formatParameter(parameter: ConfiguredParameter): unknown {
  if (!isCurriculum(parameter)) return formatSource(parameter);
  return {
    curriculum: parameter.lessons.map(({ name, value, completion }) => ({
      name,
      ...(completion
        ? {
            completion_criteria: {
              measure: completion.measure,
              threshold: completion.threshold,
              min_lesson_length: completion.minLessonLength,
              signal_smoothing: completion.signalSmoothing,
            },
          }
        : {}),
      value: formatSource(value),
    })),
  };
}

function formatSource(source: ParameterSource): unknown {
  if (typeof source === "number") return source;
  switch (source.kind) {
    case "uniform":
      return { sampler_type: "uniform", sampler_parameters: { min_value: source.min, max_value: source.max } };
    case "gaussian":
      return { sampler_type: "gaussian", sampler_parameters: { mean: source.mean, st_dev: source.std } };
    case "multirange":
      return { sampler_type: "multirangeuniform", sampler_parameters: { intervals: source.intervals } };
  }
}
