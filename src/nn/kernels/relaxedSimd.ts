import { setFlagsFromString } from "node:v8";

/** Switches relaxed SIMD on in Node 20, where it is there but not yet by default; later versions and browsers have it on. */
export function enableRelaxedSimd(): void {
  if (process.versions.node.startsWith("20.")) setFlagsFromString("--experimental-wasm-relaxed-simd");
}
