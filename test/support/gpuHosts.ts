import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { readWasmAsync, serveLoopbackAsync } from "../../src/cli/loopback.js";
import { chromiumOptions, noChromium } from "./chromium.js";
import { bundleAsync, SCRIPT_PAGE } from "./page.js";

/** Somewhere to run code on WebGPU, without a graphics card: on the SwiftShader that comes with Chromium. */
export interface GpuHost {
  readonly name: string;
  /** Why that is not possible here, or null. */
  readonly problem: string | null;
  /**
   * Calls all functions that a module exports, `path` from the root, one after the other in one process.
   * @returns their results by name, as JSON can tell them
   */
  callAllAsync<Module>(path: string): Promise<Results<Module>>;
}

export type Results<Module> = {
  readonly [Name in keyof Module]: Module[Name] extends () => Promise<infer Result> ? Result : never;
};

const DRIVER = "vk_swiftshader_icd.json";
const folders = [
  process.env.LEGWORK_SWIFTSHADER,
  chromiumOptions.executablePath && dirname(chromiumOptions.executablePath),
  "/usr/lib/chromium",
  "/usr/lib/chromium-browser",
  "/opt/google/chrome",
];
const folder = folders.find((path) => path && existsSync(join(path, DRIVER)));

/** What makes Vulkan, and with it the npm package `webgpu`, find SwiftShader; from the start of the process. */
export const swiftShaderEnvironment: Record<string, string> = folder
  ? {
      VK_DRIVER_FILES: join(folder, DRIVER),
      VK_ICD_FILENAMES: join(folder, DRIVER),
      LD_LIBRARY_PATH: [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(":"),
    }
  : {};

/** Where the code of both hosts begins: a function that the module's exports are handed to. */
const CALL_ALL = `async (module) => {
  const results = {};
  for (const [name, call] of Object.entries(module)) {
    if (typeof call === "function") results[name] = await call();
  }
  return JSON.stringify(results);
}`;
const MARK = "results: ";

/** {@link GpuHost.callAllAsync} in another process of Node. @param options for Node itself */
export async function callAllInNodeAsync<Module>(
  path: string,
  environment: Record<string, string>,
  options: readonly string[] = [],
): Promise<Results<Module>> {
  const script = `console.log("${MARK}" + (await (${CALL_ALL})(await import("./${path}"))));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", ...options, "--input-type=module", "--eval", script],
    { env: { ...process.env, ...environment }, maxBuffer: 1 << 27 },
  );
  const line = stdout.split("\n").find((text) => text.startsWith(MARK))!;
  return JSON.parse(line.slice(MARK.length)) as Results<Module>;
}

async function callAllInChromiumAsync<Module>(path: string): Promise<Results<Module>> {
  const page = `import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
    import * as module from "./${path}";
    setWasmPaths("/");
    globalThis.run = () => (${CALL_ALL})(module);`;
  const script = { type: "text/javascript", body: await bundleAsync(page, { external: ["node:*"] }) };
  const server = await serveLoopbackAsync((path) => {
    if (path === "/") return SCRIPT_PAGE;
    if (path === "/page.js") return script;
    return path.endsWith(".wasm") ? readWasmAsync(`@tensorflow/tfjs-backend-wasm/dist${path}`) : null;
  }, 0);
  const browser = await chromium.launch({
    ...chromiumOptions,
    args: [...(chromiumOptions.args ?? []), "--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"],
  });
  try {
    const tab = await browser.newPage();
    await tab.goto(server.url);
    await tab.waitForFunction("globalThis.run");
    return JSON.parse(await tab.evaluate<string>("run()")) as Results<Module>;
  } finally {
    await browser.close();
    await server.close();
  }
}

export const gpuHosts: readonly GpuHost[] = [
  {
    name: "Node",
    problem: folder
      ? null
      : `there is no SwiftShader; install Chromium or set LEGWORK_SWIFTSHADER to the folder of ${DRIVER}`,
    callAllAsync: (path) => callAllInNodeAsync(path, swiftShaderEnvironment),
  },
  { name: "Chromium", problem: noChromium, callAllAsync: callAllInChromiumAsync },
];
