import { existsSync } from "node:fs";
import { join } from "node:path";

const FOLDERS = [
  ...(process.env.LD_LIBRARY_PATH ?? "").split(":").filter(Boolean),
  ...["/usr/lib", "/usr/lib64", "/lib", "/usr/local/lib"],
  ...["x86_64", "aarch64"].map((machine) => `/usr/lib/${machine}-linux-gnu`),
];

/**
 * Why there can be no GPU for WebGPU in Node on this machine; null where there may be one. Where Linux has no Vulkan, the
 * package `webgpu` would complain on the terminal, so it had better not be asked.
 */
export function gpuProblem(): string | null {
  if (process.platform !== "linux" || FOLDERS.some((folder) => existsSync(join(folder, "libvulkan.so.1")))) return null;
  return "there is no Vulkan driver";
}
