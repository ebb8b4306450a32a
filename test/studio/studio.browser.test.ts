import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import hopper from "../../scenes/hopper/index.js";
import type { LoopbackServer } from "../../src/cli/loopback.js";
import { startStudioServerAsync } from "../../src/cli/studio/server.js";
import { runEpisodesAsync, summarizeEpisodes } from "../../src/env/evaluate.js";
import { createHeadlessScene, loadHavokAsync } from "../../src/env/headless.js";
import { createSceneEnv } from "../../src/env/sceneEnv.js";
import { OnnxPolicy } from "../../src/inference/onnxPolicy.js";
import { unpackArchive } from "../../src/studio/archive.js";
import type { RunSummary } from "../../src/studio/client.js";
import { chromiumOptions, noChromium } from "../support/chromium.js";
import { legwork } from "../support/commandLine.js";

// A visitor's way through the Studio in a real browser, from the first look to a run that survives a reload.

/** Half of what a hopper earns that is solved: 10 s at 1.5 m/s without a fall. */
const HALF_WAY = 0.5 * 1250 * (2 * 1.5 + 1) * 0.5;
const MINUTES = 60_000;
const models = join(import.meta.dirname, "../../models");

describe.skipIf(noChromium)("the Studio", () => {
  let server: LoopbackServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    const module = new URL("../../scenes/hopper/index.ts", import.meta.url);
    server = await startStudioServerAsync({ own: { scene: hopper, module } });
    browser = await chromium.launch(chromiumOptions);
    context = await browser.newContext({ viewport: { width: 1280, height: 720 }, acceptDownloads: true });
    context.setDefaultTimeout(2 * MINUTES);
    page = await context.newPage();
    page.on("pageerror", ({ message }) => problems.push(message));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    await page.goto(server.url);
    await page.waitForFunction(() => window.legworkStudio !== undefined);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const button = (name: string) => page.getByRole("button", { name, exact: true });
  /** The run that is open. */
  const run = () =>
    page.evaluate(() => {
      const { state } = window.legworkStudio!.studio;
      return (state.runs.find(({ id }) => id === state.run) ?? null) as RunSummary | null;
    });
  const reached = (steps: number) =>
    page.waitForFunction(
      (wanted) => {
        const { state } = window.legworkStudio!.studio;
        return (state.runs.find(({ id }) => id === state.run)?.steps ?? 0) >= wanted;
      },
      steps,
      { timeout: 3 * MINUTES },
    );
  /** Waits until a reward term's newest value is what it should be. @returns the seconds that it took */
  const termIsAsync = async (term: string, test: (value: number | undefined) => boolean) => {
    const started = performance.now();
    await expect
      .poll(
        async () =>
          test(
            await page.evaluate((name) => {
              const { studio } = window.legworkStudio!;
              return studio.records(studio.state.run!).at(-1)?.values[`Reward/${name}`];
            }, term),
          ),
        { timeout: 30_000, interval: 50 },
      )
      .toBe(true);
    return (performance.now() - started) / 1000;
  };
  const faultOf = (term: string) =>
    page.evaluate((name) => window.legworkStudio!.studio.state.rewards.find((row) => row.name === name)?.fault, term);
  const applyAsync = (term: string, code: string) =>
    page.evaluate(([name, text]) => window.legworkStudio!.studio.applyCode(name!, text!), [term, code]);
  const noticesAsync = () => page.evaluate(() => window.legworkStudio!.studio.state.notices.map(({ text }) => text));
  const dropAsync = async (name: string, bytes: Uint8Array) => {
    const transfer = await page.evaluateHandle(
      ([file, content]) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(content as number[])], file as string));
        return data;
      },
      [name, [...bytes]] as const,
    );
    await page.dispatchEvent("#stage", "drop", { dataTransfer: transfer });
  };

  it("shows a trained character that walks before anything is touched", async () => {
    await expect
      .poll(() => page.evaluate(() => window.legworkStudio!.stage.state.figures?.forwardSpeed ?? 0), {
        timeout: MINUTES,
      })
      .toBeGreaterThan(1);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  it("trains from nothing past half of the way, and exports what acts as well", { timeout: 5 * MINUTES }, async () => {
    await button("Train").click();
    const started = performance.now();
    await expect
      .poll(async () => (await run())?.return ?? 0, { timeout: 4 * MINUTES, interval: 500 })
      .toBeGreaterThan(HALF_WAY);
    console.log(`half of the way after ${((performance.now() - started) / 1000).toFixed(0)} s`);
    const [download, shown] = await Promise.all([page.waitForEvent("download"), run(), button("Export ONNX").click()]);
    expect(download.suggestedFilename()).toBe("hopper-1.onnx");
    const policy = await OnnxPolicy.LoadAsync(new Uint8Array(readFileSync(await download.path())));
    const env = createSceneEnv(hopper, createHeadlessScene(), await loadHavokAsync(), { agents: 30, seed: 7 });
    const { return: result } = summarizeEpisodes(await runEpisodesAsync(env, policy), 1);
    env.dispose();
    expect(result.mean).toBeGreaterThan(0.9 * shown!.return!);
  });

  it("follows a weight and a term that is written while it trains", { timeout: 3 * MINUTES }, async () => {
    const field = page.getByLabel("Number for alive");
    await field.fill("0");
    await field.press("Enter");
    const weight = await termIsAsync("alive", (value) => value === 0);
    await button("Write a term").click();
    await expect.poll(() => faultOf("my-term"), { timeout: 30_000 }).toBe(null);
    await applyAsync("my-term", "(state: TaskState): number => {\n  const gain: number = 0.25;\n  return gain;\n}");
    const code = await termIsAsync("my-term", (value) => value !== undefined && value > 0);
    console.log(`a weight shows after ${weight.toFixed(1)} s, code after ${code.toFixed(1)} s`);
  });

  it("names what is wrong with a term, and goes on with what was right", { timeout: 4 * MINUTES }, async () => {
    await applyAsync("my-term", "(state) => {\n  return state.seconds +;\n}");
    await expect.poll(async () => (await faultOf("my-term"))?.line, { timeout: 30_000 }).toBe(2);
    await applyAsync("my-term", "(state) => {\n\n  return state.nothing.more;\n}");
    await expect.poll(async () => (await faultOf("my-term"))?.line, { timeout: 30_000 }).toBe(3);
    expect((await faultOf("my-term"))?.message).toContain("TypeError");
    await applyAsync("my-term", "() => { while (true) {} }");
    await expect.poll(async () => (await faultOf("my-term"))?.message, { timeout: 60_000 }).toContain("endless loop");
    await applyAsync("my-term", "() => fetch('/') ? 1 : 0");
    await expect
      .poll(async () => (await faultOf("my-term"))?.message, { timeout: 60_000 })
      .toContain("fetch is not a function");
    const { steps, status } = (await run())!;
    expect(status).toBe("running");
    await reached(steps + 10_000);
    await termIsAsync("my-term", (value) => value !== undefined && value > 0);
  });

  it("takes a term that fails later out of the run", { timeout: 4 * MINUTES }, async () => {
    // A trial is over long before.
    await applyAsync(
      "my-term",
      "(() => {\n  let calls = 0;\n  return () => {\n    if (++calls > 5000) throw new Error('too long');\n    return 0.5;\n  };\n})()",
    );
    await expect.poll(async () => (await faultOf("my-term"))?.message, { timeout: 2 * MINUTES }).toContain("too long");
    expect((await run())!.status).toBe("running");
  });

  it("finds the run again after a reload, and its curve goes on", { timeout: 4 * MINUTES }, async () => {
    const before = (await run())!;
    await page.reload();
    await page.waitForFunction(() => window.legworkStudio !== undefined);
    const found = (await run())!;
    expect(found).toMatchObject({ id: before.id, status: "stopped" });
    await button("Resume run").click();
    await reached(before.steps + 10_000);
    const steps = await page.evaluate(() => {
      const { studio } = window.legworkStudio!;
      return studio.records(studio.state.run!).map(({ step }) => step);
    });
    expect(steps[0]).toBeLessThan(10_000);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(new Set(steps).size).toBe(steps.length);
    const gaps = steps.slice(1).map((step, i) => step - steps[i]!);
    // Nothing is missing where it goes on.
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * gaps[0]!);
  });

  it("stops, and gives the run away as the command line has it", { timeout: 4 * MINUTES }, async () => {
    await button("Stop").click();
    await expect.poll(async () => (await run())?.status, { timeout: MINUTES }).toBe("stopped");
    const id = (await run())!.id;
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.evaluate((name) => window.legworkStudio!.studio.downloadRun(name), id),
    ]);
    const bytes = readFileSync(await download.path());
    const results = mkdtempSync(join(tmpdir(), "legwork-studio-"));
    onTestFinished(() => rmSync(results, { recursive: true }));
    for (const file of unpackArchive(bytes, "run.zip")) {
      mkdirSync(dirname(join(results, file.path)), { recursive: true });
      writeFileSync(join(results, file.path), file.bytes);
    }
    const { steps } = (await run())!;
    const onward = ["--resume", "--run-id", id, "--results-dir", results, "--config", join(results, id, "config.yaml")];
    const limits = ["--max-steps", String(steps + 2048), "--num-workers", "1", "--no-early-stop", "--json"];
    const { code, stderr } = await legwork("train", "hopper", ...onward, ...limits);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    await page.evaluate(
      (content) => window.legworkStudio!.studio.importRun([{ path: "run.zip", bytes: Uint8Array.from(content) }]),
      [...bytes],
    );
    await expect.poll(async () => (await run())?.id, { timeout: MINUTES }).toBe(`${id}-1`);
  });

  it("shows a policy that is dropped, or says why not", { timeout: 2 * MINUTES }, async () => {
    const model = readFileSync(join(models, "hopper.onnx"));
    const says = async (expected: RegExp) =>
      expect.poll(async () => (await noticesAsync()).at(-1), { timeout: 30_000 }).toMatch(expected);
    await dropAsync("ant.onnx", readFileSync(join(models, "ant.onnx")));
    await says(/ant\.onnx.*hopper/);
    await dropAsync("notes.onnx", new TextEncoder().encode("This is no model."));
    await says(/notes\.onnx/);
    await dropAsync("half.onnx", model.subarray(0, model.length / 2));
    await says(/half\.onnx/);
    const ghosts = () => page.evaluate(() => window.legworkStudio!.stage.state.ghosts.map(({ name }) => name));
    expect(await ghosts()).toEqual([]);
    await dropAsync("hopper.onnx", model);
    await expect.poll(ghosts, { timeout: 30_000 }).toEqual(["hopper.onnx"]);
  });

  it("has had no trouble on the way", () => {
    expect(problems).toEqual([]);
  });
});
