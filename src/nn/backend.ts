import * as tf from "@tensorflow/tfjs";
import { InputError } from "../inputError.js";
import { registerKernelsAsync } from "./kernels/register.js";

/** The tensor backends that networks can run on. */
export type Backend = "webgpu" | "wasm" | "cpu";

/**
 * Chooses the tfjs backend for the whole process. "auto" takes "wasm", which is the fastest for the small networks of
 * characters; it runs on one thread, with SIMD where the machine has it.
 *
 * A page that bundles tfjs calls `setWasmPaths` of `@tensorflow/tfjs-backend-wasm` before.
 *
 * @throws InputError where "webgpu" is asked for by name and there is no adapter, as in Node.
 */
export async function selectBackendAsync(name: "auto" | Backend): Promise<Backend> {
  tf.enableProdMode(); // no advice on the console to install other packages
  const backend = name === "auto" ? "wasm" : name;
  if (backend === "webgpu") {
    await requireGpuAdapterAsync();
    await import("@tensorflow/tfjs-backend-webgpu");
  } else if (backend === "wasm") {
    await import("@tensorflow/tfjs-backend-wasm");
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  }
  if (!(await tf.setBackend(backend))) throw new InputError(`The backend "${backend}" could not be started.`);
  if (backend === "wasm") await registerKernelsAsync();
  return backend;
}

/** What is used here of the browser's WebGPU API, which TypeScript's DOM types lack. */
interface GpuNavigator {
  readonly gpu?: { requestAdapter(): Promise<object | null> };
}

async function requireGpuAdapterAsync(): Promise<void> {
  const { gpu } = globalThis.navigator === undefined ? {} : (navigator as GpuNavigator);
  if (!(await gpu?.requestAdapter())) {
    throw new InputError(
      `The backend "webgpu" needs a browser with a WebGPU adapter; use "auto", "wasm" or "cpu" here.`,
    );
  }
}
