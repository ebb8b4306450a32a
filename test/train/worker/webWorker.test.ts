import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import hopper from "../../../scenes/hopper/index.js";
import { Random } from "../../../src/random.js";
import { loadTrainerConfig, type PpoConfig } from "../../../src/train/config/trainerConfig.js";
import { onPolicyLayout } from "../../../src/train/onPolicy/layout.js";
import { ThreadCrew } from "../../../src/train/onPolicy/threadCrew.js";
import { OnPolicyTrainer } from "../../../src/train/onPolicy/trainer.js";
import { startNodeThread } from "../../../src/workers/nodeThread.js";
import { chromiumOptions, noChromium } from "../../support/chromium.js";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const ITERATIONS = 2;
const WORKERS = 2;

const WORKER = `
import HavokPhysics from "@babylonjs/havok";
import hopper from ${JSON.stringify(here("../../../scenes/hopper/index.ts"))};
import { serveWebWorker } from ${JSON.stringify(here("../../../src/train/worker/webWorker.ts"))};
serveWebWorker({ scenes: { hopper }, loadHavokAsync: () => HavokPhysics({ locateFile: () => "/havok.wasm" }) });
`;

const PAGE = `
import { ThreadCrew } from ${JSON.stringify(here("../../../src/train/onPolicy/threadCrew.ts"))};
import { OnPolicyTrainer } from ${JSON.stringify(here("../../../src/train/onPolicy/trainer.ts"))};
import { onPolicyLayout } from ${JSON.stringify(here("../../../src/train/onPolicy/layout.ts"))};
import { Random } from ${JSON.stringify(here("../../../src/random.ts"))};
import { webThread } from ${JSON.stringify(here("../../../src/workers/webThread.ts"))};
window.train = async ({ config, shape, workers, iterations }) => {
  const layout = onPolicyLayout(shape);
  const crew = new ThreadCrew({
    startThread: () => webThread(new Worker("/worker.js", { type: "module" })),
    workers,
    env: { module: "hopper", agents: config.legwork.numAgents, rewards: {}, parameters: {} },
    config,
    layout,
    say: console.log,
  });
  const trainer = new OnPolicyTrainer({ crew, layout, config, random: new Random(3) });
  await trainer.startAsync();
  for (let i = 0; i < iterations; i++) await trainer.iterateAsync();
  trainer.dispose();
  return { isolated: crossOriginIsolated, parameters: [...trainer.state.parameters] };
};
`;

const config = loadTrainerConfig(readFileSync(hopper.config, "utf8"), "hopper", "Hopper", {
  numAgents: 4,
  numWorkers: WORKERS,
}) as PpoConfig;
const shape = {
  observationSize: 11,
  actionSpec: { continuous: 3, discrete: [] },
  activation: "tanh" as const,
  hidden: [64, 64],
};

async function bundleAsync(contents: string): Promise<Uint8Array> {
  const result = await build({
    stdin: { contents, resolveDir: here("../../.."), sourcefile: "entry.js" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    logLevel: "silent",
  });
  return result.outputFiles[0]!.contents;
}

/** The same run in worker threads of Node. */
async function trainInNodeAsync(): Promise<number[]> {
  const layout = onPolicyLayout(shape);
  const crew = new ThreadCrew({
    startThread: () => startNodeThread(new URL("../../../src/train/worker/nodeWorker.ts", import.meta.url)),
    workers: WORKERS,
    env: {
      module: new URL("../../../scenes/hopper/index.ts", import.meta.url).href,
      agents: 4,
      rewards: {},
      parameters: {},
    },
    config,
    layout,
    say: () => {},
  });
  const trainer = new OnPolicyTrainer({ crew, layout, config, random: new Random(3) });
  await trainer.startAsync();
  for (let i = 0; i < ITERATIONS; i++) await trainer.iterateAsync();
  trainer.dispose();
  return [...trainer.state.parameters];
}

describe.skipIf(noChromium)(`workers in a page${noChromium ? ` (${noChromium})` : ""}`, () => {
  let browser: Browser;
  let expected: number[];
  const servers: Server[] = [];

  beforeAll(async () => {
    browser = await chromium.launch(chromiumOptions);
    expected = await trainInNodeAsync();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    for (const server of servers) server.close();
  });

  const serveAsync = async (headers: Record<string, string>): Promise<string> => {
    const files: Record<string, [type: string, body: string | Uint8Array]> = {
      "/": ["text/html", '<script type="module" src="/page.js"></script>'],
      "/page.js": ["text/javascript", await bundleAsync(PAGE)],
      "/worker.js": ["text/javascript", await bundleAsync(WORKER)],
      "/havok.wasm": [
        "application/wasm",
        readFileSync(createRequire(import.meta.url).resolve("@babylonjs/havok/lib/esm/HavokPhysics.wasm")),
      ],
    };
    const server = createServer((request, response) => {
      const file = files[request.url ?? ""];
      response.writeHead(file ? 200 : 404, { "content-type": file?.[0] ?? "text/plain", ...headers }).end(file?.[1]);
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  };

  it.each([
    {
      how: "over shared memory",
      isolated: true,
      headers: { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" },
    },
    { how: "by messages where the page is not isolated", isolated: false, headers: {} },
  ])(
    "learn the same as threads of Node, to the last bit, $how",
    async ({ isolated, headers }) => {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(await serveAsync(headers as Record<string, string>));
      await page.waitForFunction(() => "train" in window, null, { timeout: 20_000 });
      const result = await page.evaluate(
        (request) =>
          (window as unknown as { train(r: unknown): Promise<{ isolated: boolean; parameters: number[] }> }).train(
            request,
          ),
        { config, shape, workers: WORKERS, iterations: ITERATIONS },
      );
      expect(errors).toEqual([]);
      expect(result.isolated).toBe(isolated);
      expect(result.parameters).toEqual(expected);
      await page.close();
    },
    60_000,
  );
});
