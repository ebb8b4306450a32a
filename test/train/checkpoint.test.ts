import { describe, expect, it } from "vitest";
import { InputError } from "../../src/inputError.js";
import { type Checkpoint, CheckpointReader, decodeCheckpoint, encodeCheckpoint } from "../../src/train/checkpoint.js";

const checkpoint: Checkpoint = {
  tensors: {
    "actor.0.weight": { shape: [2, 3], data: new Float32Array([1, -2, 3.5, 1e-40, Math.fround(0.1), 6]) },
    "observations.mean": { shape: [2], data: new Float64Array([0.1, Number.MAX_VALUE]) },
    "actor.0.bias": { shape: [3], data: new Float32Array([-0, Number.POSITIVE_INFINITY, 1]) },
    count: { shape: [], data: new Float64Array([7]) },
    nothing: { shape: [0], data: new Float32Array(0) },
  },
  meta: {
    trainer: "ppo",
    steps: 1234,
    state: { random: { words: [1, 2, 3, 4294967295], spareNormal: null }, text: "é" },
  },
};

const ascii = (text: string) => new TextEncoder().encode(text);

/** A safetensors file of that header and data. */
function file(header: string, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const text = ascii(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

describe("a checkpoint", () => {
  it("comes out of its bytes as it went in", () => {
    expect(decodeCheckpoint(encodeCheckpoint(checkpoint), "x")).toEqual(checkpoint);
  });

  it("comes out of the middle of a larger buffer too", () => {
    const bytes = encodeCheckpoint(checkpoint);
    const larger = new Uint8Array(bytes.length + 5);
    larger.set(bytes, 3);
    expect(decodeCheckpoint(larger.subarray(3, 3 + bytes.length), "x")).toEqual(checkpoint);
  });

  it("comes out of a Buffer, as Node reads files, in arrays of its own", () => {
    const bytes = Buffer.from(encodeCheckpoint(checkpoint));
    const decoded = decodeCheckpoint(bytes, "x");
    bytes.fill(0);
    expect(decoded).toEqual(checkpoint);
  });

  it("is a safetensors file: length, header, little-endian numbers, each tensor aligned", () => {
    const bytes = encodeCheckpoint(checkpoint);
    const view = new DataView(bytes.buffer);
    const length = Number(view.getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const { __metadata__, ...entries } = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    expect(Object.values(__metadata__).every((value) => typeof value === "string")).toBe(true);
    expect(entries["actor.0.weight"]).toMatchObject({ dtype: "F32", shape: [2, 3] });
    expect(entries["observations.mean"]).toMatchObject({ dtype: "F64", shape: [2] });
    expect(view.getFloat64(8 + length + entries["observations.mean"].data_offsets[0], true)).toBe(0.1);
    expect(view.getFloat32(8 + length + entries["actor.0.weight"].data_offsets[0] + 8, true)).toBe(3.5);
    // One after the other without gaps, from 0 to the end.
    const ranges: [number, number][] = Object.values<{ data_offsets: [number, number] }>(entries).map(
      (entry) => entry.data_offsets,
    );
    ranges.sort(([a, b], [c, d]) => a - c || b - d);
    expect(ranges.map(([start]) => start)).toEqual([0, ...ranges.slice(0, -1).map(([, end]) => end)]);
    expect(8 + length + ranges.at(-1)![1]).toBe(bytes.length);
    for (const { dtype, data_offsets } of Object.values<{ dtype: string; data_offsets: number[] }>(entries)) {
      expect(data_offsets[0]! % (dtype === "F64" ? 8 : 4)).toBe(0);
    }
  });

  it("is refused when it was cut short anywhere", () => {
    const bytes = encodeCheckpoint(checkpoint);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeCheckpoint(bytes.subarray(0, length), "short.safetensors"), `${length} bytes`).toThrow(
        InputError,
      );
    }
    expect(() => decodeCheckpoint(bytes.subarray(0, 100), "short.safetensors")).toThrow(
      "short.safetensors is not a whole checkpoint of Legwork; give a .safetensors file that a run has written.",
    );
  });

  it.each([
    { what: "text", bytes: ascii("behaviors:\n  Walker:\n    trainer_type: ppo\n") },
    { what: "zeros", bytes: new Uint8Array(64) },
    { what: "ones", bytes: new Uint8Array(64).fill(255) },
    {
      what: "safetensors of other makers",
      bytes: file('{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', new Uint8Array(4)),
    },
    { what: "their metadata", bytes: file('{"__metadata__":{"format":"pt"}}') },
    { what: "no object", bytes: file("null") },
    {
      what: "half precision",
      bytes: file(
        '{"__metadata__":{"legwork":"{}"},"w":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}',
        new Uint8Array(4),
      ),
    },
    {
      what: "a tensor larger than its data",
      bytes: file(
        '{"__metadata__":{"legwork":"{}"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}',
        new Uint8Array(8),
      ),
    },
  ])("is refused when it is something else: $what", ({ bytes }) => {
    expect(() => decodeCheckpoint(bytes, "x")).toThrow(InputError);
  });
});

describe("CheckpointReader", () => {
  it("gives the tensors of the shape that is expected", () => {
    const reader = new CheckpointReader(checkpoint);
    expect(reader.take("actor.0.weight", [2, 3])).toBe(checkpoint.tensors["actor.0.weight"]!.data);
    expect(reader.take("count", [])).toBe(checkpoint.tensors.count!.data);
  });

  it("says which tensor belongs to another network", () => {
    const reader = new CheckpointReader(checkpoint);
    const take = (name: string, shape: number[]) => () => reader.take(name, shape);
    const sentence = (rest: string) => `The checkpoint is of another network: ${rest}.`;
    expect(take("actor.0.weight", [3, 2])).toThrow(
      new InputError(sentence('"actor.0.weight" is [2, 3], here it must be [3, 2]')),
    );
    expect(take("actor.0.weight", [6])).toThrow(sentence('"actor.0.weight" is [2, 3], here it must be [6]'));
    expect(take("log_std", [3])).toThrow(sentence('"log_std" is missing, here it must be [3]'));
  });

  it("says which tensor nothing here is made of", () => {
    const reader = new CheckpointReader(checkpoint);
    for (const [name, { shape }] of Object.entries(checkpoint.tensors)) {
      if (name !== "actor.0.bias") reader.take(name, shape);
    }
    expect(() => reader.requireAllTaken()).toThrow(
      'The checkpoint is of another network: "actor.0.bias" is [3], here it must be missing.',
    );
    reader.requireAllTaken(["actor.0.bias"]);
    reader.take("actor.0.bias", [3]);
    reader.requireAllTaken();
  });
});
