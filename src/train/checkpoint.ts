import { InputError } from "../inputError.js";
import type { Activation } from "../policy/network.js";
import type { CurriculumState } from "./curriculum.js";

/** Arrays by name, and whatever else is plain JSON. */
export interface Checkpoint {
  readonly tensors: Readonly<Record<string, CheckpointTensor>>;
  readonly meta: CheckpointMeta;
}

export interface CheckpointTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

export interface CheckpointMeta {
  readonly trainer: string;
  readonly steps: number;
  /** Where the run is in its curricula. */
  readonly curriculum?: CurriculumState;
  /** What only the trainer itself understands. */
  readonly state: unknown;
}

/**
 * Whether a checkpoint is of one of these trainers and of networks with this activation.
 * @throws InputError when it is not
 */
export function checkOrigin({ meta }: Checkpoint, trainers: readonly string[], activation: Activation): void {
  if (!trainers.includes(meta.trainer)) {
    const names = trainers.map((name) => `"${name}"`).join(" or ");
    throw new InputError(`The checkpoint is of trainer "${meta.trainer}", here it must be of ${names}.`);
  }
  const { activation: its } = meta.state as { readonly activation: Activation };
  if (its !== activation) {
    throw new InputError(
      `The checkpoint is of another network: its activation is ${its}, here it must be ${activation}.`,
    );
  }
}

const KINDS = { F32: Float32Array, F64: Float64Array } as const;

/**
 * A checkpoint in the safetensors format (huggingface.co/docs/safetensors): an 8-byte length, a JSON header that names
 * type, shape and place of each tensor, then the numbers. Any tool that reads the format can look into it.
 */
export function encodeCheckpoint({ tensors, meta }: Checkpoint): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: { legwork: JSON.stringify(meta) } };
  let offset = 0;
  // Eight-byte numbers first, so that every tensor is aligned.
  const entries = Object.entries(tensors).sort(([, a], [, b]) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT);
  for (const [name, { shape, data }] of entries) {
    const dtype = data instanceof Float64Array ? "F64" : "F32";
    header[name] = { dtype, shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  let json = JSON.stringify(header);
  json += " ".repeat((8 - (new TextEncoder().encode(json).length % 8)) % 8);
  const text = new TextEncoder().encode(json);
  const bytes = new Uint8Array(8 + text.length + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  let at = 8 + text.length;
  for (const [, { data }] of entries) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/** @throws InputError when the bytes are not a checkpoint of Legwork, or not a whole one */
export function decodeCheckpoint(bytes: Uint8Array, source: string): Checkpoint {
  const broken = (): InputError =>
    new InputError(`${source} is not a whole checkpoint of Legwork; give a .safetensors file that a run has written.`);
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const length = Number(view.getBigUint64(0, true));
    const { __metadata__, ...entries } = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    const tensors: Record<string, CheckpointTensor> = {};
    for (const [name, entry] of Object.entries(entries)) {
      const { dtype, shape, data_offsets } = entry as {
        dtype: keyof typeof KINDS;
        shape: number[];
        data_offsets: number[];
      };
      const [start, end] = data_offsets.map((offset) => 8 + length + offset) as [number, number];
      // A copy of its own; `slice` of Node's Buffer would be a view into the whole file.
      const part = Uint8Array.prototype.slice.call(bytes, start, end);
      const data = new KINDS[dtype](part.buffer, 0, part.byteLength / KINDS[dtype].BYTES_PER_ELEMENT);
      if (part.byteLength !== end - start || data.length !== shape.reduce((a, b) => a * b, 1)) throw broken();
      tensors[name] = { shape, data };
    }
    return { tensors, meta: JSON.parse(__metadata__.legwork) };
  } catch {
    throw broken();
  }
}

/** Takes the tensors out of a checkpoint one by one, and sees to it that they are those of the network at hand. */
export class CheckpointReader {
  private readonly taken = new Set<string>();

  constructor(private readonly checkpoint: Checkpoint) {}

  has(name: string): boolean {
    return Object.hasOwn(this.checkpoint.tensors, name);
  }

  /** @throws InputError when there is no such tensor, or it has another shape */
  take(name: string, shape: readonly number[]): Float32Array | Float64Array {
    const tensor = this.checkpoint.tensors[name];
    if (!tensor || String(tensor.shape) !== String(shape)) throw otherNetwork(name, tensor?.shape, shape);
    this.taken.add(name);
    return tensor.data;
  }

  /** @throws InputError when there are tensors that were not taken, other than `ignored` */
  requireAllTaken(ignored: readonly string[] = []): void {
    for (const [name, { shape }] of Object.entries(this.checkpoint.tensors)) {
      if (!this.taken.has(name) && !ignored.includes(name)) throw otherNetwork(name, shape, undefined);
    }
  }
}

type Shape = readonly number[] | undefined;

function otherNetwork(name: string, found: Shape, expected: Shape): InputError {
  const describe = (shape: Shape) => (shape ? `[${shape.join(", ")}]` : "missing");
  return new InputError(
    `The checkpoint is of another network: "${name}" is ${describe(found)}, here it must be ${describe(expected)}.`,
  );
}
