import type { Activation } from "../../policy/network.js";
import { KERNELS_BINARY, RELAXED_KERNELS_BINARY } from "./binary.js";

/** What assembly/ exports; addresses in bytes. */
export interface Kernels {
  constantsSize(): number;
  writeConstants(constants: number): void;
  multiplyScratch(columns: number, depth: number): number;
  multiply(
    ...parameters: [
      ...a: [address: number, rowStride: number, depthStride: number],
      ...b: [address: number, depthStride: number, columnStride: number],
      ...c: [address: number, rows: number, columns: number, depth: number],
      scratch: number,
    ]
  ): void;
  packedSize(columns: number, depth: number): number;
  packRight(
    ...parameters: [
      ...b: [address: number, depthStride: number, columnStride: number, columns: number, depth: number],
      panels: number,
    ]
  ): void;
  multiplyPacked(
    ...parameters: [
      ...a: [address: number, rowStride: number, depthStride: number],
      panels: number,
      ...c: [address: number, rows: number, columns: number, depth: number],
      scratch: number,
    ]
  ): void;
  addBiasAndActivate(
    y: number,
    bias: number,
    rows: number,
    columns: number,
    activation: number,
    constants: number,
  ): void;
  activateInto(x: number, y: number, size: number, activation: number, constants: number): void;
  activationGradient(dy: number, saved: number, dz: number, size: number, activation: number, constants: number): void;
  sumRows(x: number, out: number, rows: number, columns: number): void;
  sumSquares(x: number, size: number): number;
  adam(
    ...parameters: [
      ...addresses: [parameters: number, gradients: number, means: number, squares: number, size: number],
      ...factors: [scale: number, meanWeight: number, squareWeight: number, rate: number, epsilon: number],
    ]
  ): void;
}

/** The codes of assembly/activations.ts. */
export const activationCodes: Record<Activation | "linear", number> = { linear: 0, tanh: 1, relu: 2, elu: 3, swish: 4 };

/**
 * The kernels at work on that memory; null where WebAssembly has no SIMD. With relaxed SIMD, products are added without a
 * rounding in between on processors that can, so results differ in the last bits between machines, not on one machine.
 */
export async function instantiateKernelsAsync(memory: WebAssembly.Memory): Promise<Kernels | null> {
  for (const base64 of [RELAXED_KERNELS_BINARY, KERNELS_BINARY]) {
    const binary = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    if (!WebAssembly.validate(binary)) continue;
    const { instance } = await WebAssembly.instantiate(binary, { env: { memory } });
    return instance.exports as unknown as Kernels;
  }
  return null;
}
