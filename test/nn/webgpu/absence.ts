import * as tf from "@tensorflow/tfjs";
import { selectBackendAsync, webGpuProblemAsync } from "../../../src/nn/backend.js";

/** What is said where there is no WebGPU, and the backend that is chosen instead. */
export async function absence(): Promise<{ problem: string | null; error: string; backend: string }> {
  const problem = await webGpuProblemAsync();
  const error = await selectBackendAsync("webgpu").catch(({ name, message }: Error) => `${name}: ${message}`);
  await selectBackendAsync("auto");
  return { problem, error, backend: tf.getBackend() };
}
