import { env, InferenceSession, Tensor } from "onnxruntime-web/wasm";
import { InputError } from "../inputError.js";
import type { ModelMetadata } from "../policy/modelMetadata.js";
import { type ActionSpec, actionSize, maskSize, type Policy } from "../policy/policy.js";
import { observationName, TensorName } from "./contract.js";
import { layoutOf, type ModelLayout } from "./modelLayout.js";
import { metadataOf } from "./modelMetadata.js";
import { findOnnxRuntime } from "./onnxRuntime.js";
import { decodeModel } from "./readOnnx.js";

export interface OnnxPolicyOptions {
  /**
   * Take the mean or the best option (true), or draw the actions (false). Left out: true, except for files of other tools
   * that can only draw.
   */
  readonly deterministic?: boolean;
  /**
   * URL of the folder with `ort-wasm-simd-threaded.wasm`, ending in "/", where the page does not serve that file beside the
   * script. It holds for the whole page and counts when the first model is loaded.
   */
  readonly wasmPaths?: string;
  /** How errors call the model. Left out: the URL, or "from bytes". */
  readonly name?: string;
}

/**
 * An ONNX file as a policy, run by onnxruntime-web (WebAssembly, one thread) in the browser and in Node.
 *
 * The file follows the ML-Agents contract (see `policyToOnnx`); files of other tools load as well, without metadata.
 */
export class OnnxPolicy implements Policy {
  /** Sum over all observation inputs; a row of observations is obs_0, obs_1 … one after the other. */
  readonly observationSize: number;
  readonly deterministic: boolean;
  private readonly outputNames: string[];
  /** Input tensors by batch size; they are filled anew for every call. */
  private readonly batches = new Map<number, Batch>();

  private constructor(
    readonly name: string,
    /** What Legwork wrote into the file, null for files from other tools. */
    readonly metadata: ModelMetadata | null,
    readonly actionSpec: ActionSpec,
    private readonly layout: ModelLayout,
    private readonly session: InferenceSession,
  ) {
    this.observationSize = layout.observationSizes.reduce((sum, size) => sum + size, 0);
    this.deterministic = layout.deterministic;
    this.outputNames = [layout.continuousOutput, layout.discreteOutput].filter((output) => output !== null);
  }

  /**
   * Loads a model.
   * @param source a URL, or the bytes of the file (in Node, read the file yourself).
   * @throws InputError when it cannot be fetched, is damaged, or does not follow the contract.
   */
  static async LoadAsync(
    source: string | Uint8Array | ArrayBuffer,
    options: OnnxPolicyOptions = {},
  ): Promise<OnnxPolicy> {
    const name = options.name ?? (typeof source === "string" ? source : "from bytes");
    try {
      const bytes = typeof source === "string" ? await fetchBytes(source) : new Uint8Array(source);
      const model = decodeModel(bytes);
      const metadata = metadataOf(model);
      const layout = layoutOf(model, options.deterministic);
      const session = await createSession(bytes, options.wasmPaths);
      try {
        return new OnnxPolicy(name, metadata, await probeActions(session, layout), layout, session);
      } catch (error) {
        await inTurn(() => session.release());
        throw error;
      }
    } catch (error) {
      if (error instanceof InputError) throw new InputError(`Model ${name}: ${error.message}`);
      throw error;
    }
  }

  /** Leave the three arrays alone until the promise settles. */
  async act(observations: Float32Array, actions: Float32Array, count: number, masks?: Float32Array): Promise<void> {
    requireRows("observations", observations, count, this.observationSize);
    requireRows("actions", actions, count, actionSize(this.actionSpec));
    if (masks !== undefined) {
      requireRows("mask entries", masks, count, maskSize(this.actionSpec));
      if (this.layout.maskSize === 0) throw new InputError(`Model ${this.name} has no input for action masks.`);
    }
    if (count === 0) return;
    const results = await inTurn(() => {
      const batch = this.batchOf(count);
      this.fill(batch, observations, count, masks);
      return this.session.run(batch.feeds, this.outputNames);
    });
    this.unpack(results, actions, count);
  }

  dispose(): void {
    void inTurn(() => this.session.release());
  }

  private batchOf(count: number): Batch {
    let batch = this.batches.get(count);
    if (batch === undefined) {
      batch = createBatch(this.layout, count);
      this.batches.set(count, batch);
    }
    return batch;
  }

  private fill(batch: Batch, observations: Float32Array, count: number, masks: Float32Array | undefined): void {
    const { observationSizes, maskSize } = this.layout;
    let offset = 0;
    for (let input = 0; input < observationSizes.length; input++) {
      const size = observationSizes[input]!;
      const data = batch.observations[input]!;
      for (let row = 0; row < count; row++) {
        const from = row * this.observationSize + offset;
        for (let i = 0; i < size; i++) data[row * size + i] = observations[from + i]!;
      }
      offset += size;
    }
    if (masks === undefined) batch.masks.fill(1);
    else for (let i = 0; i < count * maskSize; i++) batch.masks[i] = masks[i]!;
  }

  /** Outputs `[count, continuous]` and `[count, branches]` → rows of actions. */
  private unpack(results: InferenceSession.ReturnType, actions: Float32Array, count: number): void {
    const { continuous, discrete } = this.actionSpec;
    const width = continuous + discrete.length;
    const { continuousOutput, discreteOutput } = this.layout;
    if (continuousOutput !== null) {
      const values = results[continuousOutput]!.data as Float32Array;
      for (let row = 0; row < count; row++) {
        for (let i = 0; i < continuous; i++) actions[row * width + i] = values[row * continuous + i]!;
      }
    }
    if (discreteOutput !== null) {
      const indices = results[discreteOutput]!.data as BigInt64Array | Int32Array | Float32Array;
      for (let row = 0; row < count; row++) {
        for (let i = 0; i < discrete.length; i++) {
          actions[row * width + continuous + i] = Number(indices[row * discrete.length + i]);
        }
      }
    }
  }
}

interface Batch {
  readonly feeds: Record<string, Tensor>;
  /** The data of each observation input, `[count, size]`. */
  readonly observations: readonly Float32Array[];
  /** `[count, maskSize]` */
  readonly masks: Float32Array;
}

function createBatch({ observationSizes, maskSize }: ModelLayout, count: number): Batch {
  const feeds: Record<string, Tensor> = {};
  const observations = observationSizes.map((size, index) => {
    const data = new Float32Array(count * size);
    feeds[observationName(index)] = new Tensor("float32", data, [count, size]);
    return data;
  });
  const masks = new Float32Array(count * maskSize).fill(1);
  if (maskSize > 0) feeds[TensorName.actionMasks] = new Tensor("float32", masks, [count, maskSize]);
  return { feeds, observations, masks };
}

function requireRows(what: string, values: Float32Array, count: number, size: number): void {
  if (values.length >= count * size) return;
  throw new InputError(`${count} rows of ${size} ${what} are needed, but the array has ${values.length} numbers.`);
}

let lastTurn: Promise<unknown> = Promise.resolve();

/**
 * Lets one use of onnxruntime finish before the next begins. Its sessions share one WebAssembly stack, on which `run` keeps
 * its arguments while it awaits, so that two at a time would overwrite each other's.
 */
function inTurn<T>(use: () => Promise<T>): Promise<T> {
  const turn = lastTurn.then(use, use);
  lastTurn = turn;
  return turn;
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (error) {
    throw new InputError(`it cannot be fetched (${messageOf(error)}).`);
  }
  if (!response.ok) throw new InputError(`it cannot be fetched (HTTP status ${response.status}).`);
  return new Uint8Array(await response.arrayBuffer());
}

async function createSession(bytes: Uint8Array, wasmPaths: string | undefined): Promise<InferenceSession> {
  env.wasm.numThreads = 1;
  findOnnxRuntime(wasmPaths);
  const options: InferenceSession.SessionOptions = { executionProviders: ["wasm"], logSeverityLevel: 3 };
  try {
    return await inTurn(() => InferenceSession.create(bytes, options));
  } catch (error) {
    throw new InputError(`onnxruntime cannot load it (${messageOf(error)}).`);
  }
}

/** Runs the model once on zeros, which tells its version and what its actions are. */
async function probeActions(session: InferenceSession, layout: ModelLayout): Promise<ActionSpec> {
  let results: InferenceSession.ReturnType;
  try {
    results = await inTurn(() => session.run(createBatch(layout, 1).feeds));
  } catch (error) {
    throw new InputError(`onnxruntime cannot run it (${messageOf(error)}).`);
  }
  const version = numbers(results, TensorName.versionNumber)[0];
  if (version !== 2 && version !== 3) {
    throw new InputError(`its ${TensorName.versionNumber} is ${version ?? "missing"}; allowed are 2 and 3.`);
  }
  if ((numbers(results, TensorName.memorySize)[0] ?? 0) > 0) {
    throw new InputError("it has memory, and recurrent policies are not supported.");
  }
  const continuous = layout.continuousOutput === null ? 0 : results[layout.continuousOutput]!.dims.at(-1)!;
  const discrete = layout.discreteOutput === null ? [] : numbers(results, TensorName.discreteShape);
  const spec: ActionSpec = { continuous, discrete };
  if (layout.discreteOutput !== null) {
    const branches = results[layout.discreteOutput]!.dims.at(-1)!;
    if (branches !== discrete.length) {
      throw new InputError(
        `its output ${layout.discreteOutput} gives ${branches} numbers for ${discrete.length} branches.`,
      );
    }
    if (layout.maskSize !== 0 && layout.maskSize !== maskSize(spec)) {
      throw new InputError(
        `its ${TensorName.actionMasks} has ${layout.maskSize} entries for ${maskSize(spec)} options.`,
      );
    }
  }
  return spec;
}

/** All numbers of an output, none where the model has no such output. */
function numbers(results: InferenceSession.ReturnType, output: string): number[] {
  const data = results[output]?.data ?? [];
  return Array.from(data as ArrayLike<number | bigint>, Number);
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").trim();
}
