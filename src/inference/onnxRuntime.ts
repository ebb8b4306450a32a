import { env } from "onnxruntime-web/wasm";

/**
 * Tells onnxruntime where its WebAssembly file is, for this whole thread; it counts when the first model is loaded.
 * @param folder URL of the folder with `ort-wasm-simd-threaded.wasm`, ending in "/"; undefined: beside the script
 */
export function findOnnxRuntime(folder: string | undefined): void {
  if (folder !== undefined) env.wasm.wasmPaths = { wasm: `${folder}ort-wasm-simd-threaded.wasm` };
}
