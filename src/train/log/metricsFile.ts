import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { InputError } from "../../inputError.js";
import { writeFileAtomically } from "./atomicFile.js";
import { type MetricRecord, type MetricSink, metricLine, parseMetrics } from "./metrics.js";

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
 * The records of a metrics file, see {@link parseMetrics}.
 * @throws InputError when the file is missing or a line is not a record.
 */
export function readMetrics(path: string): MetricRecord[] {
  if (!existsSync(path)) throw new InputError(`There is no metrics file at ${path}.`);
  return parseMetrics(readFileSync(path, "utf8"), path);
}
