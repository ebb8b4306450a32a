import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openEventFile } from "../../../src/train/log/tensorboard.js";

/** CRC-32C bit by bit (reflected polynomial 0x82f63b78): slow, and nothing in common with the table in the writer. */
function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

function masked(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

type Field = { field: number; value: bigint | Buffer };

/** The fields of a protobuf message in the order of their bytes; fixed-width and nested ones as bytes. */
function fields(message: Buffer): Field[] {
  let position = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message.readUInt8(position++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number): Buffer => {
    position += length;
    return message.subarray(position - length, position);
  };
  const result: Field[] = [];
  while (position < message.length) {
    const key = Number(varint());
    const wireType = key & 7;
    if (wireType > 2 && wireType !== 5) throw new Error(`wire type ${wireType}`);
    const value = wireType === 0 ? varint() : take(wireType === 1 ? 8 : wireType === 5 ? 4 : Number(varint()));
    result.push({ field: key >> 3, value });
  }
  return result;
}

const bytes = (message: readonly Field[], field: number): Buffer[] =>
  message.filter((entry) => entry.field === field).map(({ value }) => value as Buffer);

/** Every event of a file; both checksums of each frame are checked. */
function readEvents(path: string) {
  const file = readFileSync(path);
  const events = [];
  for (let start = 0; start < file.length; ) {
    const length = Number(file.readBigUInt64LE(start));
    const data = file.subarray(start + 12, start + 12 + length);
    expect(file.readUInt32LE(start + 8)).toBe(masked(file.subarray(start, start + 8)));
    expect(file.readUInt32LE(start + 12 + length)).toBe(masked(data));
    const event = fields(data);
    const [summary] = bytes(event, 5);
    events.push({
      wallTime: bytes(event, 1)[0]?.readDoubleLE(),
      step: Number(event.find(({ field }) => field === 2)?.value),
      fileVersion: bytes(event, 3)[0]?.toString(),
      sessionLog: bytes(event, 7)[0]?.toString("hex"),
      scalars:
        summary &&
        bytes(fields(summary), 1).map((value) => {
          const parts = fields(value);
          return [bytes(parts, 1)[0]?.toString(), bytes(parts, 2)[0]?.readFloatLE()];
        }),
    });
    start += 12 + length + 4;
  }
  return events;
}

describe("the reader of this test", () => {
  it("computes the check value of CRC-32C and the vectors of RFC 3720, B.4", () => {
    expect(crc32c(Buffer.from("123456789"))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, index) => index))).toBe(0x46dd794e);
  });
});

describe("openEventFile", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "legwork-events-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const name = "events.out.tfevents.1700000000.legwork";

  it("writes the version, then one event with all scalars for each record", () => {
    let time = 1_700_000_000.25;
    const file = openEventFile(folder, { now: () => time });
    time += 10;
    const values = { "Environment/Cumulative Reward": 1234.5, "Policy/Entropy": 0, "Losses/Wert größer": Number.NaN };
    file.write({ step: 2048, wallSeconds: 3, values });
    time += 10;
    // Above 2³², and long enough for lengths of two bytes.
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`Reward/term-${index}`, -index / 4]));
    file.write({ step: 5_000_000_000, wallSeconds: 6, values: many });
    file.close();

    expect(readdirSync(folder)).toEqual([name]);
    expect(readEvents(join(folder, name))).toEqual([
      { wallTime: 1_700_000_000.25, step: 0, fileVersion: "brain.Event:2" },
      { wallTime: 1_700_000_010.25, step: 2048, scalars: Object.entries(values) },
      { wallTime: 1_700_000_020.25, step: 5_000_000_000, scalars: Object.entries(many) },
    ]);
  });

  it("marks where a resumed run begins, one step after its checkpoint", () => {
    openEventFile(folder, { now: () => 1_700_000_000, resumeStep: 4096 });
    // SessionLog { status (field 1) = START (1) }
    expect(readEvents(join(folder, name))[1]).toMatchObject({ step: 4097, sessionLog: "0801" });
  });

  it("takes the time of day when no clock is given", () => {
    const before = Date.now() / 1000;
    openEventFile(folder);
    const [file = ""] = readdirSync(folder);
    const wallTime = readEvents(join(folder, file))[0]?.wallTime ?? 0;
    expect(wallTime).toBeGreaterThanOrEqual(before);
    expect(wallTime).toBeLessThanOrEqual(Date.now() / 1000);
    expect(file).toMatch(/^events\.out\.tfevents\.\d{10}\.legwork$/);
  });
});
