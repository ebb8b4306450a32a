import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import hopper from "../../../scenes/hopper/index.js";
import {
  ISOLATED,
  type LoopbackServer,
  type Resource,
  readWasmAsync,
  serveLoopbackAsync,
} from "../../../src/cli/loopback.js";
import { Random } from "../../../src/random.js";
import { loadTrainerConfig, type PpoConfig } from "../../../src/train/config/trainerConfig.js";
import { onPolicyLayout } from "../../../src/train/onPolicy/layout.js";
import { ThreadCrew } from "../../../src/train/onPolicy/threadCrew.js";
import { OnPolicyTrainer } from "../../../src/train/onPolicy/trainer.js";
import { startNodeThread } from "../../../src/workers/nodeThread.js";
import { chromiumOptions, noChromium } from "../../support/chromium.js";
import { bundleAsync, SCRIPT_PAGE } from "../../support/page.js";

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
  const servers: LoopbackServer[] = [];

  beforeAll(async () => {
    browser = await chromium.launch(chromiumOptions);
    expected = await trainInNodeAsync();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    for (const server of servers) await server.close();
  });

  const serveAsync = async (headers: Readonly<Record<string, string>>): Promise<string> => {
    const files = new Map<string, Resource>([
      ["/", SCRIPT_PAGE],
      ["/page.js", { type: "text/javascript", body: await bundleAsync(PAGE) }],
      ["/worker.js", { type: "text/javascript", body: await bundleAsync(WORKER) }],
      ["/havok.wasm", await readWasmAsync("@babylonjs/havok/lib/esm/HavokPhysics.wasm")],
    ]);
    const server = await serveLoopbackAsync((path) => files.get(path) ?? null, 0, headers);
    servers.push(server);
    return server.url;
  };

  it.each([
    {
      how: "over shared memory",
      isolated: true,
      headers: ISOLATED,
    },
    { how: "by messages where the page is not isolated", isolated: false, headers: {} },
  ])(
    "learn the same as threads of Node, to the last bit, $how",
    async ({ isolated, headers }) => {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(await serveAsync(headers));
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
