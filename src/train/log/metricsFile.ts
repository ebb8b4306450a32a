import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { InputError } from "../../inputError.js";
import { writeFileAtomically } from "./atomicFile.js";
import { type MetricRecord, type MetricSink, metricLine } from "./metrics.js";

/**
 * Appends each record as one line of JSON to `path` (`metrics.jsonl` in the run folder).
 *
 * Without `resumeStep` the file starts empty. With it, the records up to and including that step stay and later ones
 * go: the run continues from an older checkpoint, and the curve must not run over itself.
 */
export function openMetricsFile(path: string, resumeStep?: number): MetricSink {
  const kept =
    resumeStep !== undefined && existsSync(path) ? readMetrics(path).filter((record) => record.step <= resumeStep) : [];
  writeFileAtomically(path, kept.map(metricLine).join(""));
  return {
    // Opened and closed for each record, so there is nothing left to flush and a crash leaves whole lines.
    write: (record) => appendFileSync(path, metricLine(record)),
    close: () => {},
  };
}

/**
 * The records of a metrics file, in order. A value that was not finite reads as NaN. A last line without its end, left
 * by a crash, is not a record.
 *
 * @throws InputError when the file is missing or a line is not a record.
 */
export function readMetrics(path: string): MetricRecord[] {
  if (!existsSync(path)) throw new InputError(`There is no metrics file at ${path}.`);
  const lines = readFileSync(path, "utf8").split("\n");
  // What follows the last line end: empty, or an unfinished record.
  lines.pop();
  return lines.map((line, index) => {
    const record = parseRecord(line);
    if (record === undefined) {
      throw new InputError(
        `Line ${index + 1} of ${path} is not a metric record; it must be one JSON object with the numbers "step" and "wallSeconds", and otherwise only numbers or null.`,
      );
    }
    return record;
  });
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
