import cliProgress from "cli-progress";
import { type MetricRecord, type MetricSink, metricLine, TAGS } from "./metrics.js";

export interface ProgressOptions {
  /** Environment steps at which the run ends: 100 %. */
  readonly maxSteps: number;
  readonly stream: NodeJS.WritableStream;
  /** Draw one live line. Otherwise print plain lines. */
  readonly isTerminal: boolean;
  /** Print each record as one line of JSON and nothing else. */
  readonly json: boolean;
  /** Where messages go with `json`; stderr when left out. */
  readonly messageStream?: NodeJS.WritableStream;
}

/** Shows how a run is going. */
export interface Progress extends MetricSink {
  /** Prints a line of its own, without breaking the live line. */
  message(text: string): void;
  close(): void;
}

/** Seconds of training between two plain lines. */
const LINE_SECONDS = 5;

export function createProgress(options: ProgressOptions): Progress {
  if (options.json) return jsonProgress(options.stream, options.messageStream ?? process.stderr);
  return options.isTerminal ? barProgress(options) : lineProgress(options);
}

function jsonProgress(stream: NodeJS.WritableStream, messageStream: NodeJS.WritableStream): Progress {
  return {
    write: (record) => stream.write(metricLine(record)),
    message: (text) => messageStream.write(`${text}\n`),
    close: () => {},
  };
}

function lineProgress({ stream, maxSteps }: ProgressOptions): Progress {
  let printedAt = Number.NEGATIVE_INFINITY;
  let held: MetricRecord | undefined;
  const print = (record: MetricRecord): void => {
    stream.write(`${summary(record, maxSteps)}\n`);
    printedAt = record.wallSeconds;
    held = undefined;
  };
  return {
    write: (record) => {
      if (record.wallSeconds - printedAt >= LINE_SECONDS) print(record);
      else held = record;
    },
    message: (text) => stream.write(`${text}\n`),
    close: () => {
      if (held !== undefined) print(held);
    },
  };
}

function barProgress({ stream, maxSteps }: ProgressOptions): Progress {
  const bar = new cliProgress.SingleBar({
    stream,
    fps: 4,
    // Leave the terminal's own wrapping alone: a killed run could not restore it. Lines are cut to the width instead.
    linewrap: true,
    forceRedraw: true,
    format: (_options, { progress, maxWidth }, payload: { text: string }) => {
      const width = Math.min(Math.max(maxWidth - payload.text.length - 2, 8), 40);
      const filled = Math.round(progress * width);
      return `${"█".repeat(filled)}${"░".repeat(width - filled)} ${payload.text}`;
    },
  });
  return {
    write: (record) => {
      const payload = { text: summary(record, maxSteps) };
      if (bar.isActive) bar.update(record.step, payload);
      else bar.start(maxSteps, record.step, payload);
    },
    message: (text) => {
      if (!bar.isActive) {
        stream.write(`${text}\n`);
        return;
      }
      // Clear the live line (ESC [K), print over it, and save the cursor (ESC 7) on the line where the bar is now:
      // the bar restores that position when it stops, and would otherwise return to the line where it started.
      stream.write(`\r\x1b[K${text}\n\x1b7`);
      bar.render();
    },
    close: () => bar.stop(),
  };
}

/** ` 37%  740K/2M steps  12.3K steps/s  return 1234  length 812  1m42s left`, without what the record does not have. */
function summary({ step, values }: MetricRecord, maxSteps: number): string {
  const percent = Math.floor(100 * Math.min(step / maxSteps, 1));
  const parts = [`${percent}%`.padStart(4), `${compact(step)}/${compact(maxSteps)} steps`];
  const stepsPerSecond = values[TAGS.stepsPerSecond];
  if (isNumber(stepsPerSecond)) parts.push(`${compact(stepsPerSecond)} steps/s`);
  const meanReturn = values[TAGS.return];
  if (isNumber(meanReturn)) parts.push(`return ${plain(meanReturn)}`);
  const episodeLength = values[TAGS.episodeLength];
  if (isNumber(episodeLength)) parts.push(`length ${plain(episodeLength)}`);
  if (isNumber(stepsPerSecond) && stepsPerSecond > 0) {
    parts.push(`${duration(Math.max(maxSteps - step, 0) / stepsPerSecond)} left`);
  }
  return parts.join("  ");
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}

/** 12345 → `12.3K` */
function compact(value: number): string {
  return value.toLocaleString("en", { notation: "compact", maximumSignificantDigits: 3 });
}

/** 1234.56 → `1235`, 0.012345 → `0.01235` */
function plain(value: number): string {
  return value.toLocaleString("en", { maximumSignificantDigits: 4, useGrouping: false });
}

/** `45s`, `3m20s`, `2h05m` */
function duration(seconds: number): string {
  const total = Math.round(seconds);
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const twoDigits = (value: number): string => String(value).padStart(2, "0");
  if (hours > 0) return `${hours}h${twoDigits(minutes)}m`;
  return minutes > 0 ? `${minutes}m${twoDigits(total % 60)}s` : `${total}s`;
}
