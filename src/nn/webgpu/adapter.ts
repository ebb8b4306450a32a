/** What the npm package `webgpu` exports. */
interface WebGpuPackage {
  create(options: string[]): GPU;
  readonly globals: object;
}

/** WebGPU in Node; kept, since devices do not outlive it. */
let ofPackage: GPU | null = null;

/** Why WebGPU cannot be used here; null where it can. */
export async function webGpuProblemAsync(): Promise<string | null> {
  const found = await requestAdapterAsync();
  return typeof found === "string" ? found : null;
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
