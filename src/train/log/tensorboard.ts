import { appendFileSync } from "node:fs";
import { join } from "node:path";
import crc32c from "crc-32/crc32c.js";
import { PbfWriter } from "pbf";
import type { MetricSink } from "./metrics.js";

export interface EventFileOptions {
  /** The step of the checkpoint that the run continues from: TensorBoard then hides what earlier files say after it. */
  readonly resumeStep?: number | undefined;
  /** The time of day in Unix seconds. */
  readonly now?: () => number;
}

/**
 * Writes the records into a new TensorBoard event file in `folder`, one event per record.
 *
 * The format: TensorFlow's `record_writer.h` (framing) and `event.proto`, `summary.proto` (field numbers below).
 */
export function openEventFile(folder: string, options: EventFileOptions = {}): MetricSink {
  const now = options.now ?? (() => Date.now() / 1000);
  const path = join(folder, `events.out.tfevents.${Math.floor(now())}.legwork`);

  /** Appends one Event in a single call, so that a crash leaves whole events. `wall_time` = 1, `step` = 2. */
  const append = (step: number, writeContent: (event: PbfWriter) => void): void => {
    const event = new PbfWriter();
    event.writeDoubleField(1, now());
    event.writeVarintField(2, step);
    writeContent(event);
    appendFileSync(path, frame(event.finish()));
  };

  // Event.file_version = 3
  append(0, (event) => event.writeStringField(3, "brain.Event:2"));
  const { resumeStep } = options;
  if (resumeStep !== undefined) {
    // Event.session_log = 7, SessionLog.status = 1, START = 1. It hides everything from its own step on.
    append(resumeStep + 1, (event) => event.writeMessage(7, (status, log) => log.writeVarintField(1, status), 1));
  }

  return {
    // Event.summary = 5
    write: (record) => append(record.step, (event) => event.writeMessage(5, writeSummary, record.values)),
    close: () => {},
  };
}

/** Summary.value = 1, one for each tag: Value.tag = 1, Value.simple_value = 2. */
function writeSummary(values: Readonly<Record<string, number>>, summary: PbfWriter): void {
  for (const [tag, scalar] of Object.entries(values)) {
    summary.writeMessage(
      1,
      (number, value) => {
        value.writeStringField(1, tag);
        value.writeFloatField(2, number);
      },
      scalar,
    );
  }
}

/** A TFRecord, little endian: length (uint64), its checksum (uint32), the data, their checksum (uint32). */
function frame(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + 4 + data.length + 4);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedChecksum(bytes.subarray(0, 8)), true);
  bytes.set(data, 12);
  view.setUint32(12 + data.length, maskedChecksum(data), true);
  return bytes;
}

/** CRC-32C, rotated right by 15 bits plus a constant, because a CRC over data that hold CRCs is weak. */
function maskedChecksum(data: Uint8Array): number {
  const checksum = crc32c.buf(data);
  return (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0;
}
