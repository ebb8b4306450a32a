import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { Activation } from "../../policy/network.js";
import type { AdamFactors, FusedKernels } from "./fused.js";
import { activationCodes, instantiateKernelsAsync, type Kernels } from "./instantiate.js";

type TensorInfo = tf.TensorInfo;

/** The parts of tfjs's wasm module that are used here. */
interface WasmModule {
  readonly asm?: { readonly memory?: WebAssembly.Memory };
  /** The memory; another array after it has grown. */
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/**
 * The kernels of assembly/, at work on tensors of one instance of the wasm backend, in its memory: nothing is copied.
 * Results are new tensors, which belong to the caller. All tensors are float32.
 */
export class KernelLibrary implements FusedKernels {
  private scratch = 0;
  private scratchBytes = 0;
  private readonly constants: number;

  private constructor(
    readonly backend: BackendWasm,
    private readonly module: WasmModule,
    private readonly kernels: Kernels,
  ) {
    this.constants = module._malloc(kernels.constantsSize()) >>> 0;
    kernels.writeConstants(this.constants);
  }

  /** Null where this build of tfjs is not the one that the kernels were written for, or there is no SIMD. */
  static async linkAsync(backend: BackendWasm): Promise<KernelLibrary | null> {
    const module = backend.wasm as unknown as WasmModule;
    const memory = module.asm?.memory;
    const isKnown =
      tf.version["tfjs-core"] === "4.22.0" &&
      memory instanceof WebAssembly.Memory &&
      memory.buffer instanceof ArrayBuffer && // not shared between threads
      module.HEAPU8?.buffer === memory.buffer &&
      typeof module._malloc === "function" &&
      typeof module._free === "function";
    const kernels = isKnown ? await instantiateKernelsAsync(memory) : null;
    return kernels && new KernelLibrary(backend, module, kernels);
  }

  /** A·B. @param a `[m, k]`, `[k, m]` if transposed @param b `[k, n]`, `[n, k]` if transposed @returns `[m, n]` */
  multiply(a: TensorInfo, b: TensorInfo, transposeA = false, transposeB = false): TensorInfo {
    const [aRows, aColumns] = a.shape as [number, number];
    const [bRows, bColumns] = b.shape as [number, number];
    const [rows, depth] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
    const columns = transposeB ? bRows : bColumns;
    const product = this.output([rows, columns]);
    const aStrides = [4 * aColumns, 4] as [number, number];
    const bStrides = [4 * bColumns, 4] as [number, number];
    this.kernels.multiply(
      ...[this.address(a), ...(transposeA ? swap(aStrides) : aStrides)],
      ...[this.address(b), ...(transposeB ? swap(bStrides) : bStrides)],
      ...[this.address(product), rows, columns, depth],
      this.reserve(this.kernels.multiplyScratch(columns, depth)),
    );
    return product;
  }

  dense(x: TensorInfo, weights: TensorInfo, bias: TensorInfo, activation: Activation | "linear"): TensorInfo {
    const y = this.multiply(x, weights);
    const [batch, outputs] = y.shape as [number, number];
    const code = activationCodes[activation];
    this.kernels.addBiasAndActivate(this.address(y), this.address(bias), batch, outputs, code, this.constants);
    return y;
  }

  activate(x: TensorInfo, activation: "tanh" | "swish"): TensorInfo {
    const y = this.output(x.shape);
    this.kernels.activateInto(this.address(x), this.address(y), sizeOf(x), activationCodes[activation], this.constants);
    return y;
  }

  activationGradient(dy: TensorInfo, saved: TensorInfo, activation: Activation): TensorInfo {
    const dz = this.output(dy.shape);
    const [from, at, to] = [dy, saved, dz].map((tensor) => this.address(tensor)) as [number, number, number];
    this.kernels.activationGradient(from, at, to, sizeOf(dy), activationCodes[activation], this.constants);
    return dz;
  }

  inputGradient(dz: TensorInfo, weights: TensorInfo): TensorInfo {
    return this.multiply(dz, weights, false, true);
  }

  parameterGradients(x: TensorInfo, dz: TensorInfo): { weights(): tf.Tensor; bias(): tf.Tensor } {
    const owned = (info: TensorInfo) => tf.engine().makeTensorFromTensorInfo(info);
    return { weights: () => owned(this.multiply(x, dz, true, false)), bias: () => owned(this.sumRows(dz)) };
  }

  /** Σ over the rows. @param x `[rows, columns]` @returns `[columns]` */
  sumRows(x: TensorInfo): TensorInfo {
    const [rows, columns] = x.shape as [number, number];
    const sum = this.output([columns]);
    this.kernels.sumRows(this.address(x), this.address(sum), rows, columns);
    return sum;
  }

  adam(
    variables: readonly tf.Variable[],
    gradients: readonly TensorInfo[],
    means: tf.Variable,
    squares: tf.Variable,
    { maxNorm, meanWeight, squareWeight, rate, epsilon }: AdamFactors,
  ): tf.Scalar {
    for (const target of [...variables, means, squares]) this.makeSoleOwner(target);
    const squareSums = gradients.map((gradient) => this.kernels.sumSquares(this.address(gradient), sizeOf(gradient)));
    const norm = Math.sqrt(squareSums.reduce((sum, squares) => sum + squares, 0));
    // Written so that a norm that is not a number spreads to the weights, and is found there.
    const scale = norm + 1e-6 <= maxNorm ? 1 : maxNorm / (norm + 1e-6);
    let offset = 0;
    variables.forEach((variable, i) => {
      this.kernels.adam(
        ...[this.address(variable), this.address(gradients[i]!)],
        ...[this.address(means) + 4 * offset, this.address(squares) + 4 * offset, variable.size],
        ...[scale, meanWeight, squareWeight, rate, epsilon],
      );
      offset += variable.size;
    });
    return tf.scalar(norm);
  }

  /** A variable made from a tensor, or a clone of a variable, has the same memory: then what is overwritten is a copy. */
  private makeSoleOwner(variable: tf.Variable): void {
    if (this.backend.refCount(variable.dataId) === 1) return;
    tf.tidy(() => variable.assign(tf.tensor(variable.dataSync<"float32">(), variable.shape)));
  }

  private output(shape: number[]): TensorInfo {
    return this.backend.makeOutput(shape, "float32");
  }

  private address({ dataId }: TensorInfo): number {
    return this.backend.dataIdMap.get(dataId).memoryOffset;
  }

  /** Address of at least that many bytes, good until the next call. */
  private reserve(bytes: number): number {
    if (bytes > this.scratchBytes) {
      this.module._free(this.scratch);
      this.scratch = this.module._malloc(bytes) >>> 0;
      this.scratchBytes = bytes;
    }
    return this.scratch;
  }
}

function swap([first, second]: [number, number]): [number, number] {
  return [second, first];
}

function sizeOf({ shape }: TensorInfo): number {
  return tf.util.sizeFromShape(shape);
}
