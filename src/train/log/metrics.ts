import { InputError } from "../../inputError.js";

/** What a trainer reports after one iteration. */
export interface MetricRecord {
  /** Environment steps so far: decisions over all agents. */
  readonly step: number;
  /** Seconds of training so far. A resumed run goes on counting where it stopped. */
  readonly wallSeconds: number;
  /** Keyed by TensorBoard tag, for example `Policy/Entropy`. A tag that has no value this time is absent. */
  readonly values: Readonly<Record<string, number>>;
}

/** Something that keeps or shows metric records: a file, the terminal. */
export interface MetricSink {
  /** Records arrive in order of `step`. */
  write(record: MetricRecord): void;
  /** Flushes; nothing may be written afterwards. */
  close(): void | Promise<void>;
}

/** The tags that more than one part of Legwork names. The first three groups are those of ML-Agents. */
export const TAGS = {
  return: "Environment/Cumulative Reward",
  episodeLength: "Environment/Episode Length",
  entropy: "Policy/Entropy",
  learningRate: "Policy/Learning Rate",
  policyLoss: "Losses/Policy Loss",
  valueLoss: "Losses/Value Loss",
  approximateKl: "Policy/Approximate KL",
  clipFraction: "Policy/Clip Fraction",
  explainedVariance: "Policy/Explained Variance",
  stepsPerSecond: "Performance/Steps per Second",
} as const;

/** A reward term called `upright` has the tag `Reward/upright`. */
export const REWARD_TAG_PREFIX = "Reward/";

/** Where the mean of what a task measures in its episodes is logged, such as `forwardSpeed`. */
export function measureTag(measure: string): string {
  return `Measure/${measure}`;
}

/** The record as one line of JSON, `{step, wallSeconds, ...values}`. JSON has no NaN or infinity: they become null. */
export function metricLine(record: MetricRecord): string {
  return `${JSON.stringify({ step: record.step, wallSeconds: record.wallSeconds, ...record.values })}\n`;
}

/**
 * The records of lines of JSON, in order. A value that was not finite reads as NaN. A last line without its end, left by a
 * crash, is not a record.
 * @param source what the text is from, for errors
 * @throws InputError when a line is not a record
 */
export function parseMetrics(text: string, source: string): MetricRecord[] {
  const lines = text.split("\n");
  // What follows the last line end: empty, or an unfinished record.
  lines.pop();
  return lines.map((line, index) => {
    const record = parseRecord(line);
    if (record === undefined) {
      throw new InputError(
        `Line ${index + 1} of ${source} is not a metric record; it must be one JSON object with the numbers "step" and "wallSeconds", and otherwise only numbers or null.`,
      );
    }
    return record;
  });
}

/** Where the number of a parameter's present lesson is logged; ML-Agents' tag. */
export function lessonTag(parameter: string): string {
  return `Environment/Lesson Number/${parameter}`;
}

function parseRecord(line: string): MetricRecord | undefined {
  const fields = parseObject(line);
  if (fields === undefined) return undefined;
  const { step, wallSeconds, ...rest } = fields;
  if (typeof step !== "number" || typeof wallSeconds !== "number") return undefined;
  const values: Record<string, number> = {};
  for (const [tag, value] of Object.entries(rest)) {
    if (typeof value !== "number" && value !== null) return undefined;
    values[tag] = value ?? Number.NaN;
  }
  return { step, wallSeconds, values };
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
