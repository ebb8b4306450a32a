/** What the npm package `webgpu` exports. */
interface WebGpuPackage {
  create(options: string[]): GPU;
  readonly globals: object;
}

/** WebGPU in Node; kept, since devices do not outlive it. */
let ofPackage: GPU | null = null;

/** Why WebGPU cannot be used here, or had better not be because it runs in software; null where there is a GPU. */
export async function webGpuProblemAsync(): Promise<string | null> {
  const found = await requestAdapterAsync();
  if (typeof found === "string") return found;
  return isSoftware(found.adapter) ? "the only WebGPU adapter is one in software" : null;
}

function isSoftware(adapter: GPUAdapter): boolean {
  // The property has moved to `info` in the course of the standard.
  const { info, isFallbackAdapter } = adapter as {
    info?: { isFallbackAdapter?: boolean };
    isFallbackAdapter?: boolean;
  };
  return info?.isFallbackAdapter ?? isFallbackAdapter ?? false;
}

/** The adapter of the fastest GPU, or why there is none. In Node, WebGPU is that of the npm package `webgpu`. */
export async function requestAdapterAsync(): Promise<{ gpu: GPU; adapter: GPUAdapter } | string> {
  const gpu = globalThis.navigator?.gpu ?? (await loadPackageAsync());
  if (typeof gpu === "string") return gpu;
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  return adapter ? { gpu, adapter } : "no WebGPU adapter was found";
}

async function loadPackageAsync(): Promise<GPU | string> {
  if (ofPackage) return ofPackage;
  if (globalThis.process?.versions?.node === undefined) return "this browser has no WebGPU";
  // Not a literal, so that bundlers for the browser leave it alone.
  const name = "webgpu";
  const loaded = await (import(name) as Promise<WebGpuPackage>).catch(() => null);
  if (!loaded) return `the npm package "webgpu" is not installed`;
  Object.assign(globalThis, loaded.globals);
  ofPackage = loaded.create([]);
  return ofPackage;
}
