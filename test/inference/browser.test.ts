import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type LoopbackServer,
  ONNX_RUNTIME_FILE,
  type Resource,
  readWasmAsync,
  serveLoopbackAsync,
} from "../../src/cli/loopback.js";
import { policyToOnnx } from "../../src/export/policyToOnnx.js";
import type { OnnxPolicyOptions } from "../../src/inference/index.js";
import { MlpPolicy } from "../../src/policy/mlpPolicy.js";
import { metadataFor, randomNetwork, randomObservations } from "../policy/randomNetwork.js";
import { chromiumOptions, noChromium } from "../support/chromium.js";
import { expectNear } from "../support/near.js";
import { bundleAsync, SCRIPT_PAGE } from "../support/page.js";

const network = randomNetwork({ actionSpec: { continuous: 3, discrete: [4] }, seed: 1 });
const count = 5;
const observations = randomObservations(network, count, 2);
let browser: Browser;
let server: LoopbackServer;
const requested: string[] = [];

const page = `
  import { OnnxPolicy } from "./src/inference/index.ts";
  globalThis.run = async (observations, count, options) => {
    const policy = await OnnxPolicy.LoadAsync("/policy.onnx", options);
    const actions = new Float32Array(count * 4);
    await policy.act(new Float32Array(observations), actions, count);
    policy.dispose();
    return Array.from(actions);
  };
  globalThis.runMissing = () => OnnxPolicy.LoadAsync("/nothing.onnx").catch((error) => error.message);`;

beforeAll(async () => {
  if (noChromium !== null) return;
  const wasm = await readWasmAsync(`onnxruntime-web/${ONNX_RUNTIME_FILE}`);
  const files = new Map<string, Resource>([
    ["/", SCRIPT_PAGE],
    ["/page.js", { type: "text/javascript", body: await bundleAsync(page) }],
    [`/${ONNX_RUNTIME_FILE}`, wasm],
    [`/folder/${ONNX_RUNTIME_FILE}`, wasm],
    ["/policy.onnx", { type: "application/octet-stream", body: policyToOnnx(network, metadataFor(network)) }],
  ]);
  server = await serveLoopbackAsync((path) => {
    requested.push(path);
    return files.get(path) ?? null;
  }, 0);
  browser = await chromium.launch(chromiumOptions);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe.skipIf(noChromium !== null)(`in the browser (${noChromium ?? "Chromium"})`, () => {
  async function actionsIn(options: OnnxPolicyOptions): Promise<number[]> {
    const tab = await browser.newPage();
    await tab.goto(server.url);
    await tab.waitForFunction("globalThis.run");
    return tab.evaluate<number[]>(`run(${JSON.stringify([Array.from(observations), count, options]).slice(1, -1)})`);
  }
  const wanted = new Float32Array(count * 4);
  new MlpPolicy(network).act(observations, wanted, count);

  it("finds the WebAssembly file beside the script", async () => {
    expectNear(await actionsIn({}), wanted, 1e-5);
    expect(requested).toContain("/ort-wasm-simd-threaded.wasm");
  }, 60_000);

  it("finds the WebAssembly file in another folder", async () => {
    expectNear(await actionsIn({ wasmPaths: "/folder/" }), wanted, 1e-5);
    expect(requested).toContain("/folder/ort-wasm-simd-threaded.wasm");
  }, 60_000);

  it("names a model that is not there", async () => {
    const tab = await browser.newPage();
    await tab.goto(server.url);
    await tab.waitForFunction("globalThis.run");
    expect(await tab.evaluate("runMissing()")).toBe("Model /nothing.onnx: it cannot be fetched (HTTP status 404).");
  }, 60_000);
});
