import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { policyToOnnx } from "../../src/export/policyToOnnx.js";
import type { OnnxPolicyOptions } from "../../src/inference/index.js";
import { MlpPolicy } from "../../src/policy/mlpPolicy.js";
import { metadataFor, randomNetwork, randomObservations } from "../policy/randomNetwork.js";
import { chromiumOptions, noChromium } from "../support/chromium.js";
import { expectNear } from "../support/near.js";

const network = randomNetwork({ actionSpec: { continuous: 3, discrete: [4] }, seed: 1 });
const count = 5;
const observations = randomObservations(network, count, 2);
let browser: Browser;
let server: Server;
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
  const bundle = await build({
    stdin: { contents: page, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
  });
  const wasm = new URL("../../node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm", import.meta.url);
  const files: Record<string, [type: string, body: Uint8Array | string]> = {
    "/": ["text/html", `<script type="module" src="/page.js"></script>`],
    "/page.js": ["text/javascript", bundle.outputFiles[0]!.contents],
    "/ort-wasm-simd-threaded.wasm": ["application/wasm", readFileSync(wasm)],
    "/folder/ort-wasm-simd-threaded.wasm": ["application/wasm", readFileSync(wasm)],
    "/policy.onnx": ["application/octet-stream", policyToOnnx(network, metadataFor(network))],
  };
  server = createServer((request, response) => {
    requested.push(request.url ?? "");
    const file = files[request.url ?? ""];
    response.writeHead(file === undefined ? 404 : 200, { "content-type": file?.[0] ?? "text/plain" }).end(file?.[1]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  browser = await chromium.launch(chromiumOptions);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

describe.skipIf(noChromium !== null)(`in the browser (${noChromium ?? "Chromium"})`, () => {
  async function actionsIn(options: OnnxPolicyOptions): Promise<number[]> {
    const tab = await browser.newPage();
    await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
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
    await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await tab.waitForFunction("globalThis.run");
    expect(await tab.evaluate("runMissing()")).toBe("Model /nothing.onnx: it cannot be fetched (HTTP status 404).");
  }, 60_000);
});
