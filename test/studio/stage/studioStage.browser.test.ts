import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LoopbackServer } from "../../../src/cli/loopback.js";
import type { StudioStage } from "../../../src/studio/stage/studioStage.js";
import type { SceneDefinition } from "../../../src/task/scene.js";
import { chromiumOptions, noChromium } from "../../support/chromium.js";
import { serveStagePageAsync } from "./stagePage.js";

declare global {
  interface Window {
    test: {
      readonly stage: StudioStage;
      readonly said: string[];
      readonly workers: readonly Worker[];
      readonly hopper: SceneDefinition;
      model(name: string): Promise<Uint8Array>;
    };
  }
}

describe.skipIf(noChromium)(`the Studio's stage${noChromium ? ` (${noChromium})` : ""}`, () => {
  let browser: Browser;
  let page: Page;
  let server: LoopbackServer;
  const errors: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch(chromiumOptions);
    server = await serveStagePageAsync();
    // Software rendering pays for every pixel.
    page = await browser.newPage({ viewport: { width: 640, height: 400 } });
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    await page.goto(server.url);
    await page.waitForFunction(() => "test" in window);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const figures = () => page.evaluate(() => window.test.stage.state.figures);
  const saidAsync = async (count: number) => {
    await page.waitForFunction((wanted) => window.test.said.length >= wanted, count, { timeout: 60_000 });
    return page.evaluate(() => window.test.said.splice(0));
  };
  const partAt = (character: number) =>
    page.evaluate((index) => window.test.stage.partOnCanvas(index, "torso")!, character);
  const drop = (name: string, bytes: number[]) =>
    page.evaluate(
      ([file, content]) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(content as number[])], file as string));
        const canvas = document.querySelector("canvas")!;
        canvas.dispatchEvent(new DragEvent("dragover", { dataTransfer: data, cancelable: true }));
        const lit = canvas.hasAttribute("data-dropping");
        canvas.dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true }));
        return [lit, canvas.hasAttribute("data-dropping")];
      },
      [name, bytes] as const,
    );

  it("shows hoppers that move forward with the policy of a file", async () => {
    await page.evaluate(async () => {
      const { stage, hopper, model } = window.test;
      await stage.loadAsync(hopper, 4);
      stage.setModel("hopper.onnx", await model("hopper.onnx"));
    });
    await page.waitForFunction(() => (window.test.stage.state.figures?.forwardSpeed ?? 0) > 1, null, {
      timeout: 60_000,
    });
    expect(await figures()).toMatchObject({ agents: 4, standing: 4, falls: 0 });
    await page.waitForFunction(() => (window.test.stage.state.footfalls?.contacts[0]?.length ?? 0) > 4);
    expect(await page.evaluate(() => window.test.stage.state.footfalls!.feet)).toEqual(["foot"]);
  });

  it("stops on pause, takes a push then, and goes on", async () => {
    await page.evaluate(() => {
      window.test.stage.reset();
      window.test.stage.set({ paused: true });
    });
    const steadyAsync = async () => {
      for (let last = ""; ; ) {
        const places = JSON.stringify([await partAt(0), await partAt(3)]);
        if (places === last) return JSON.parse(places) as { x: number; y: number }[];
        last = places;
        await page.waitForTimeout(700);
      }
    };
    const [far, near] = await steadyAsync();
    // The camera looks along −x, so a drag to the right pushes along +z.
    await page.mouse.move(near!.x, near!.y);
    await page.mouse.down();
    await page.mouse.move(near!.x + 60, near!.y, { steps: 4 });
    await page.waitForFunction(() => /^torso: \d+ N·s$/.test(window.test.stage.state.push ?? ""));
    await page.mouse.up();
    await page.waitForFunction(() => window.test.stage.state.push === null);
    expect(await steadyAsync()).toEqual([far, near]);
    await page.evaluate(() => window.test.stage.set({ paused: false, speed: 0.25 }));
    const wayAsync = async () => (await partAt(3)).x - near!.x - ((await partAt(0)).x - far!.x);
    await expect.poll(wayAsync, { timeout: 10_000 }).toBeGreaterThan(15);
    await page.evaluate(() => window.test.stage.set({ speed: 1, follow: true }));
  });

  it("says in one sentence why a dropped file does not fit, and shows one that does", async () => {
    const bytesOf = (name: string) => page.evaluate(async (file) => [...(await window.test.model(file))], name);
    const [hopper, walker] = [await bytesOf("hopper.onnx"), await bytesOf("walker2d.onnx")];
    expect(await drop("walker2d.onnx", walker)).toEqual([true, false]);
    expect(await saidAsync(1)).toEqual([
      'error: Model walker2d.onnx does not fit this agent: it was trained in scene "walker2d", but the agent is in "hopper".',
    ]);
    await drop("notes.txt", [...new TextEncoder().encode("These are notes.")]);
    expect(await saidAsync(1)).toEqual([
      "error: Model notes.txt: This is not a complete ONNX model: 16 bytes that are damaged or of another kind.",
    ]);
    await drop("half.onnx", hopper.slice(0, hopper.length / 2));
    expect(await saidAsync(1)).toEqual([expect.stringMatching(/^error: Model half\.onnx: [^.]*\.$/)]);
    expect(await page.evaluate(() => window.test.stage.state.ghosts)).toEqual([]);

    await drop("mine.onnx", hopper);
    await page.waitForFunction(() => window.test.stage.state.ghosts.length === 1);
    const [ghost] = await page.evaluate(() => window.test.stage.state.ghosts);
    expect(ghost).toMatchObject({ name: "mine.onnx" });
    await page.evaluate((id) => window.test.stage.removeGhost(id), ghost!.id);
    expect(await page.evaluate(() => window.test.stage.state.ghosts)).toEqual([]);
    expect(await page.evaluate(() => window.test.said)).toEqual([]);
  });

  it("draws marks, boxes and another ground", async () => {
    await page.evaluate(() => {
      const { stage } = window.test;
      stage.set({ showJointLimits: true, showContacts: true });
      stage.dropBox();
    });
    await page.waitForTimeout(500);
    await page.evaluate(() => window.test.stage.set({ ground: "steps" }));
    await page.waitForFunction(() => (window.test.stage.state.footfalls?.seconds ?? 9) < 1, null, { timeout: 60_000 });
    await page.waitForFunction(() => (window.test.stage.state.figures?.forwardSpeed ?? 0) > 0.5, null, {
      timeout: 60_000,
    });
    expect(await page.evaluate(() => window.test.said)).toEqual([]);
  });

  it("starts a worker that has died again, with all that was shown", async () => {
    // The clock begins anew with the ground; far enough from its beginning to be seen.
    await page.waitForFunction(() => (window.test.stage.state.footfalls?.seconds ?? 0) > 5);
    await page.evaluate(() => window.test.stage.set({ ground: "flat" }));
    await page.waitForFunction(() => (window.test.stage.state.footfalls?.seconds ?? 5) < 5);
    await page.evaluate(() => window.test.workers.at(-1)!.postMessage({ test: "die" }));
    expect(await saidAsync(1)).toEqual([
      expect.stringMatching(
        /^warning: The stage had stopped \(.*the test has killed it\) and has been started again\.$/,
      ),
    ]);
    await page.waitForFunction(() => (window.test.stage.state.figures?.forwardSpeed ?? 0) > 1, null, {
      timeout: 60_000,
    });
    expect(await page.evaluate(() => window.test.workers.length)).toBe(2);
    expect(page.workers()).toHaveLength(1);
  });

  it("leaves nothing behind", async () => {
    await page.evaluate(() => window.test.stage.dispose());
    await expect.poll(() => page.workers().length).toBe(0);
    expect(errors).toEqual([]);
  });
});
