import { readFileSync, statSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import scene from "../../scenes/hopper/index.js";
import { controlDt } from "../../src/agent/characterAgent.js";
import { startPlayServerAsync } from "../../src/cli/play/server.js";
import { runEpisodesAsync, summarizeEpisodes } from "../../src/env/evaluate.js";
import { createPolicyEnvAsync } from "../../src/env/policyEnv.js";
import { OnnxPolicy } from "../../src/inference/index.js";
import { chromiumOptions, noChromium } from "../support/chromium.js";

// `UPDATE_PICTURES=1 npx vitest run test/models` makes the README's pictures, the report's from results/hopper-model.
const picture = process.env.UPDATE_PICTURES === "1";
const file = new URL("../../models/hopper.onnx", import.meta.url);
const card = JSON.parse(readFileSync(new URL("../../models/hopper.json", import.meta.url), "utf8"));
const bytes = new Uint8Array(readFileSync(file));

describe("models/hopper.onnx", () => {
  it("fits the scene, hops, and does what its card says", async () => {
    const policy = await OnnxPolicy.LoadAsync(bytes);
    // Throws where the model does not fit.
    const env = await createPolicyEnvAsync(scene, policy, { agents: 100, seed: 7, gait: true });
    const evaluation = summarizeEpisodes(await runEpisodesAsync(env, policy), controlDt(scene.character));
    env.dispose();
    expect(evaluation.survivedFraction).toBeGreaterThanOrEqual(0.95);
    expect(evaluation.forwardSpeed.mean).toBeGreaterThanOrEqual(1.5);
    expect(evaluation.survivedFraction).toBeCloseTo(card.evaluation.survivedFraction, 6);
    expect(evaluation.forwardSpeed.mean).toBeCloseTo(card.evaluation.forwardSpeed.mean, 6);
    expect(evaluation.gait.flightFraction).toBeGreaterThan(0.1); // it hops, it does not slide
    expect(policy.metadata).toEqual(card.metadata);
    expect(statSync(file).size).toBeLessThan(2_000_000);
  });
});

describe.skipIf(noChromium)(`the shipped Hopper on the play page${noChromium ? ` (${noChromium})` : ""}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch(chromiumOptions);
  });
  afterAll(() => browser?.close());

  it("hops for 10 s without falling", { timeout: 120_000 }, async () => {
    const sceneModule = new URL("../../scenes/hopper/index.ts", import.meta.url);
    const server = await startPlayServerAsync({ sceneModule, sceneName: "hopper", policy: bytes, agents: 5, seed: 3 });
    onTestFinished(() => server.close());
    // Software rendering pays for every pixel.
    const viewport = picture ? { width: 1280, height: 720 } : { width: 480, height: 300 };
    const page = await browser.newPage({ viewport });
    onTestFinished(() => page.close());
    await page.goto(`${server.url}?speed=4`);
    await page.evaluate(() => window.legwork!.ready);
    await page.waitForFunction(() => window.legwork!.state!().seconds >= 10, undefined, { timeout: 110_000 });
    const { falls, forwardSpeed, agents } = await page.evaluate(() => window.legwork!.state!());
    if (picture) await page.screenshot({ path: "models/hopper.png" });
    expect(falls).toBe(0);
    expect(forwardSpeed).toBeGreaterThan(1.5);
    expect(agents.every(({ standing, z }) => standing && z > 15)).toBe(true);
  });

  it.runIf(picture)("report of the run that made it", async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    onTestFinished(() => page.close());
    await page.goto(new URL("../../results/hopper-model/report.html", import.meta.url).href);
    await page.waitForSelector("canvas");
    await page.screenshot({ path: "models/hopper-report.png" });
  });
});
