import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import hopperScene from "../../scenes/hopper/index.js";
import type { LoopbackServer } from "../../src/cli/loopback.js";
import { type PlayServerOptions, startPlayServerAsync } from "../../src/cli/play/server.js";
import { createHeadlessScene, loadHavokAsync } from "../../src/env/headless.js";
import { createSceneEnv, describeScene } from "../../src/env/sceneEnv.js";
import { policyToOnnx } from "../../src/export/policyToOnnx.js";
import type { ModelMetadata } from "../../src/policy/modelMetadata.js";
import type { PolicyNetwork } from "../../src/policy/network.js";
import { Random } from "../../src/random.js";
import { chromiumOptions, noChromium } from "../support/chromium.js";

const sceneModule = new URL("../../scenes/hopper/index.ts", import.meta.url);
const AGENTS = 2;

const startAsync = (options: Partial<PlayServerOptions> = {}) =>
  startPlayServerAsync({ sceneModule, sceneName: "hopper", policy: null, agents: AGENTS, seed: 1, ...options });

describe("the play server", () => {
  let server: LoopbackServer;
  const policy = new Uint8Array([8, 8, 18, 7]);
  beforeAll(async () => {
    server = await startAsync({ sceneModule: fileURLToPath(sceneModule), policy });
  });
  afterAll(() => server?.close());

  it("gives the page, its script, both engines and the policy, and no other file", async () => {
    const get = async (path: string) => {
      const response = await fetch(new URL(path, server.url));
      return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
    };
    const text = async (path: string) => new TextDecoder().decode((await get(path)).bytes);
    expect(await text("/?speed=2")).toContain("<title>hopper · Legwork</title>");
    expect(await text("/page.js")).toContain("Drag a ");
    const wasmMagic = new TextEncoder().encode("\0asm");
    expect((await get("/havok.wasm")).bytes.subarray(0, 4)).toEqual(wasmMagic);
    expect((await get("/onnxruntime/ort-wasm-simd-threaded.wasm")).bytes.subarray(0, 4)).toEqual(wasmMagic);
    expect((await get("/policy.onnx")).bytes).toEqual(policy);
    expect((await get("/package.json")).status).toBe(404);
    expect((await get("/onnxruntime/..%2fpackage.json")).status).toBe(404);
  });

  it("listens on 127.0.0.1 only", async () => {
    const { hostname, port } = new URL(server.url);
    expect(hostname).toBe("127.0.0.1");
    // Another address of the same machine, which a server on all addresses would answer.
    await expect(fetch(`http://127.0.0.2:${port}/`)).rejects.toThrow();
  });

  it("says in one sentence what it cannot do", async () => {
    const port = Number(new URL(server.url).port);
    await expect(startAsync({ port })).rejects.toThrow(`Port ${port} is in use already, choose another one.`);
    await expect(startAsync({ agents: 0 })).rejects.toThrow("The number of characters is 0, allowed is");
    const headless = new URL("../../src/env/headless.ts", import.meta.url);
    await expect(startAsync({ sceneModule: headless })).rejects.toThrow(
      /^The scene cannot be shown in a browser: Could not resolve "node:.* \(.*headless.ts, line \d+\)\.$/,
    );
  });
});

describe.skipIf(noChromium)(`the play page${noChromium ? ` (${noChromium})` : ""}`, () => {
  let browser: Browser;
  let fitting: ModelMetadata;
  beforeAll(async () => {
    fitting = describeHopper(await loadHavokAsync());
    browser = await chromium.launch(chromiumOptions);
  });
  afterAll(() => browser?.close());

  const openAsync = async (policy: Uint8Array, query = ""): Promise<Page> => {
    const server = await startAsync({ policy });
    onTestFinished(() => server.close());
    // Software rendering pays for every pixel.
    const page = await browser.newPage({ viewport: { width: 640, height: 400 } });
    onTestFinished(() => page.close());
    await page.goto(server.url + query);
    return page;
  };
  const state = (page: Page) => page.evaluate(() => window.legwork!.state!());

  it("simulates with the model, begins fallen hoppers anew, pushes by dragging, and resets", async () => {
    const page = await openAsync(policyToOnnx(randomNetwork(11, 3), fitting), "?speed=4");
    await page.evaluate(() => window.legwork!.ready);
    expect(await page.textContent("#model")).toBe("ppo, 4M steps, mean return 2346");

    // Small random weights move the joints a little, which does not keep a hopper up.
    await page.waitForFunction((count) => window.legwork!.state!().falls >= count, AGENTS);
    const fallen = await state(page);
    expect(fallen.seconds).toBeGreaterThan(1);
    expect(fallen.episodes).toBe(fallen.falls);
    expect(fallen.agents).toHaveLength(AGENTS);

    await page.keyboard.press(" ");
    await page.waitForFunction(() => document.querySelector("#pause")!.textContent === "Play");
    await page.keyboard.press("r");
    await page.waitForFunction(() => window.legwork!.state!().seconds === 0);
    const before = await state(page);
    expect(before.falls).toBe(0);
    for (const { y, z, standing } of before.agents) {
      expect(standing).toBe(true);
      expect(y).toBeGreaterThan(1);
      expect(Math.abs(z)).toBeLessThan(0.2);
    }

    // The camera looks along −x, so a drag to the right pushes along +z.
    const nearest = AGENTS - 1;
    const torso = (agent: number) => page.evaluate((index) => window.legwork!.partOnPage!(index, "torso"), agent);
    const from = await torso(nearest);
    await dragAsync(page, from, 90);
    await page.waitForFunction(
      ([agent, speed]) => window.legwork!.state!().agents[agent!]!.speed > speed! + 0.5,
      [nearest, before.agents[nearest]!.speed],
    );
    const pushed = await state(page);
    expect(pushed.agents[0]).toEqual(before.agents[0]);
    expect(pushed.seconds).toBe(0);
    expect(await torso(nearest)).toEqual(from);

    // A drag that begins beside the hoppers turns the camera and pushes nobody.
    await dragAsync(page, { x: 600, y: 380 }, -120);
    await page.waitForFunction(
      ([agent, x]) => Math.abs(window.legwork!.partOnPage!(agent!, "torso").x - x!) > 2,
      [nearest, from.x],
    );
    expect((await state(page)).agents).toEqual(pushed.agents);

    await page.click("#pause");
    await page.waitForFunction((z) => window.legwork!.state!().agents[1]!.z > z + 0.05, before.agents[nearest]!.z);
  });

  it("shows one sentence when the model does not fit", async () => {
    const metadata = { ...fitting, observations: [{ name: "joints", size: 12 }] };
    const page = await openAsync(policyToOnnx(randomNetwork(12, 3), metadata));
    await page.waitForSelector("#error:not([hidden])");
    expect(await page.textContent("#error")).toBe(
      'Character "hopper" has no sensor "joints"; it has root, joint-values, root-velocity, joint-rates.',
    );
    expect(await page.isVisible("#loading")).toBe(false);
  });
});

function describeHopper(havok: Awaited<ReturnType<typeof loadHavokAsync>>): ModelMetadata {
  const env = createSceneEnv(hopperScene, createHeadlessScene(), havok, { agents: 1, seed: 1 });
  const description = describeScene(hopperScene, env);
  env.dispose();
  return { format: 1, ...description, trainer: "ppo", seed: 1, steps: 4_000_000, score: 2345.6 };
}

/** One hidden layer of 8 units. */
function randomNetwork(observationSize: number, continuous: number): PolicyNetwork {
  const random = new Random(5);
  const layer = (inputs: number, outputs: number) => ({
    inputs,
    outputs,
    weights: Float32Array.from({ length: inputs * outputs }, () => 0.1 * random.normal()),
    bias: new Float32Array(outputs),
  });
  return {
    observationSize,
    actionSpec: { continuous, discrete: [] },
    activation: "tanh",
    normalizer: null,
    layers: [layer(observationSize, 8), layer(8, continuous)],
    squash: "clip",
    logStd: new Float32Array(continuous),
  };
}

/** Drags from a place to so many pixels right of it. */
async function dragAsync(page: Page, from: { x: number; y: number }, right: number): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + right / 2, from.y);
  await page.mouse.move(from.x + right, from.y);
  await page.mouse.up();
}
