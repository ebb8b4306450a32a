import * as tf from "@tensorflow/tfjs";
import { InputError } from "../inputError.js";
import { BackendLostError } from "./backendLost.js";
import { registerKernelsAsync } from "./kernels/register.js";
import { gpuDevice, startWebGpuAsync } from "./webgpu/start.js";

export { BackendLostError } from "./backendLost.js";
export { webGpuProblemAsync } from "./webgpu/adapter.js";

/** The tensor backends that networks can run on. */
export type Backend = "webgpu" | "wasm" | "cpu";

/**
 * Chooses the tfjs backend for the whole process. "auto" takes "wasm", which runs everywhere: on one thread, with SIMD
 * where the machine has it.
 *
 * A page that bundles tfjs calls `setWasmPaths` of `@tensorflow/tfjs-backend-wasm` before.
 *
 * @throws InputError where "webgpu" is asked for and there is no adapter, or in Node no package `webgpu`
 */
export async function selectBackendAsync(name: "auto" | Backend): Promise<Backend> {
  tf.enableProdMode(); // no advice on the console to install other packages
  const backend = name === "auto" ? "wasm" : name;
  if (backend === "webgpu") {
    const problem = await startWebGpuAsync();
    if (problem) {
      throw new InputError(`The backend "webgpu" cannot be used here: ${problem}; choose "auto", "wasm" or "cpu".`);
    }
    return backend;
  }
  if (backend === "wasm") {
    await import("@tensorflow/tfjs-backend-wasm");
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  }
  if (!(await tf.setBackend(backend))) throw new InputError(`The backend "${backend}" could not be started.`);
  if (backend === "wasm") await registerKernelsAsync();
  return backend;
}

/** How long after a failed operation the failure of its device may be announced. */
const ANNOUNCEMENT_MS = 200;

/**
 * Does work on the current backend.
 * @throws BackendLostError when its device is lost, or fails, before the work is done
 */
export async function onBackendAsync<T>(work: () => Promise<T>): Promise<T> {
  const device = gpuDevice();
  if (!device) return work();
  const error = (reason: string) => new BackendLostError(`The GPU of the backend "webgpu" failed: ${reason.trim()}`);
  if (device.failureReason !== null) throw error(device.failureReason);
  const failed = device.failure.then((reason) => {
    throw error(reason);
  });
  try {
    return await Promise.race([work(), failed]);
  } catch (problem) {
    if (!(problem instanceof BackendLostError)) {
      // Reading back can fail a moment before the device's failure is announced, which then is the better explanation.
      await Promise.race([failed, new Promise((resolve) => setTimeout(resolve, ANNOUNCEMENT_MS))]);
    }
    throw problem;
  }
}
