import * as tf from "@tensorflow/tfjs";
import { adoptFusedKernels } from "../kernels/fused.js";
import { requestAdapterAsync } from "./adapter.js";
import { GpuLibrary } from "./library.js";
import { GpuPrograms } from "./program.js";

/** The device of the backend; there is one at a time. */
interface Device {
  readonly kernels: GpuLibrary | null;
  /** Resolves with the reason when the device is lost, or cannot do something, for want of memory for example. */
  readonly failure: Promise<string>;
  /** That reason, once known. */
  failureReason: string | null;
}

let device: Device | null = null;

/** Our kernels, where "webgpu" is the current backend. */
export function gpuLibrary(): GpuLibrary | null {
  const kernels = device?.kernels ?? null;
  return kernels !== null && tf.backend() === kernels.backend ? kernels : null;
}

/** The device, where "webgpu" is the current backend. */
export function gpuDevice(): Readonly<Device> | null {
  return tf.getBackend() === "webgpu" ? device : null;
}

/**
 * Makes "webgpu" a backend of tfjs, with our kernels, and the current one; a new device replaces one that has failed.
 * @returns why that is not possible, or null
 */
export async function startWebGpuAsync(): Promise<string | null> {
  if (device !== null && device.failureReason === null) {
    await tf.setBackend("webgpu");
    return null;
  }
  const found = await requestAdapterAsync();
  if (typeof found === "string") return found;
  const { gpu, adapter } = found;
  const gpuDevice = await adapter
    .requestDevice({ requiredLimits: largestLimits(adapter) })
    .catch(({ message }: Error) => `its device could not be opened: ${message}`);
  if (typeof gpuDevice === "string") return gpuDevice;
  const { WebGPUBackend } = await import("@tensorflow/tfjs-backend-webgpu");
  // The import registers the backend too where it finds WebGPU, but not in Node, and not so that the device is known.
  if (tf.findBackendFactory("webgpu")) tf.removeBackend("webgpu");
  const { info } = adapter as { info?: GPUAdapterInfo };
  const backend = withNavigator(gpu, () => new WebGPUBackend(gpuDevice, info));
  tf.registerBackend("webgpu", () => backend);
  await tf.setBackend("webgpu");

  const programs = GpuPrograms.link(backend);
  const kernels = programs && new GpuLibrary(programs);
  const failure = Promise.race([
    gpuDevice.lost.then(({ message }) => message),
    new Promise<string>((resolve) => {
      gpuDevice.onuncapturederror = ({ error }) => resolve(error.message);
    }),
  ]);
  const started: Device = { kernels, failure, failureReason: null };
  failure.then((reason) => {
    started.failureReason = reason;
  });
  device = started;
  if (kernels) adoptFusedKernels(kernels);
  return null;
}

/** As much as the adapter has of what the kernels of tfjs adapt to. */
function largestLimits({ limits }: GPUAdapter): Record<string, number> {
  const names = [
    "maxComputeWorkgroupStorageSize",
    "maxComputeWorkgroupsPerDimension",
    "maxComputeWorkgroupSizeX",
    "maxComputeInvocationsPerWorkgroup",
    "maxStorageBufferBindingSize",
    "maxBufferSize",
  ] as const;
  return Object.fromEntries(names.map((name) => [name, limits[name]]));
}

/** tfjs looks for WebGPU in `navigator` when it makes its backend, and only then. */
function withNavigator<T>(gpu: GPU, make: () => T): T {
  const own = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  if (globalThis.navigator?.gpu) return make();
  Object.defineProperty(globalThis, "navigator", { value: { gpu }, configurable: true });
  try {
    return make();
  } finally {
    if (own) Object.defineProperty(globalThis, "navigator", own);
    else Reflect.deleteProperty(globalThis, "navigator");
  }
}
