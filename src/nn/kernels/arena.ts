import { InputError } from "../../inputError.js";
import { instantiateKernelsAsync, type Kernels } from "./instantiate.js";

const PAGE = 65536;
/** SIMD loads are fastest at multiples of this. */
const ALIGNMENT = 16;

/** The SIMD kernels with a memory of their own, in which arrays are placed one after the other and stay. */
export class KernelArena {
  /** Address of the table of constants that activations need. */
  readonly constants: number;
  private end = 0;
  private floats: Float32Array;

  private constructor(
    readonly kernels: Kernels,
    private readonly memory: WebAssembly.Memory,
  ) {
    this.floats = new Float32Array(memory.buffer);
    this.constants = this.place(kernels.constantsSize() / 4);
    kernels.writeConstants(this.constants);
  }

  /** @throws InputError where WebAssembly has no SIMD */
  static async createAsync(): Promise<KernelArena> {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const kernels = await instantiateKernelsAsync(memory);
    if (!kernels) throw new InputError("Training needs WebAssembly with SIMD, which this browser or Node lacks.");
    return new KernelArena(kernels, memory);
  }

  /** @param size numbers @returns address of that many zeros, in bytes; views taken before may be empty now */
  place(size: number): number {
    const address = this.end;
    this.end += Math.ceil((4 * size) / ALIGNMENT) * ALIGNMENT;
    const missing = this.end - this.memory.buffer.byteLength;
    if (missing > 0) {
      this.memory.grow(Math.ceil(missing / PAGE));
      this.floats = new Float32Array(this.memory.buffer);
    }
    return address;
  }

  /** The numbers at an address; good until something else is placed. */
  view(address: number, size: number): Float32Array {
    return this.floats.subarray(address / 4, address / 4 + size);
  }
}
