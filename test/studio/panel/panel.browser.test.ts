import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type LoopbackServer, type Resource, serveLoopbackAsync } from "../../../src/cli/loopback.js";
import { chromiumOptions, noChromium } from "../../support/chromium.js";
import { FOR_PAGES } from "../../support/page.js";
import type { FakePage } from "./fakePage.js";

const HTML = `<!doctype html><html lang="en"><title>Studio</title><link rel="icon" href="data:,">
<style>html, body, #root { height: 100%; margin: 0; }</style>
<div id="root"></div><script type="module" src="/page.js"></script></html>`;

type Window = { studio: FakePage };

describe.skipIf(noChromium)(`the panel in a page${noChromium ? ` (${noChromium})` : ""}`, () => {
  let browser: Browser;
  let server: LoopbackServer;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    const { outputFiles } = await build({
      ...FOR_PAGES,
      entryPoints: [fileURLToPath(new URL("fakePage.tsx", import.meta.url))],
      // React's own warnings count as errors here.
      define: { "process.env.NODE_ENV": '"development"' },
    });
    const files = new Map<string, Resource>([
      ["/", { type: "text/html", body: HTML }],
      ["/page.js", { type: "text/javascript", body: outputFiles[0]!.contents }],
    ]);
    server = await serveLoopbackAsync((path) => files.get(path) ?? null, 0);
    browser = await chromium.launch(chromiumOptions);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const openAsync = async (path = "", visited = true) => {
    if (visited) await page.addInitScript(() => localStorage.setItem("legwork.studio.tour", "seen"));
    await page.goto(server.url + path);
    await page.getByRole("button", { name: "Train", exact: true }).waitFor();
  };
  const callsAsync = () => page.evaluate(() => (window as unknown as Window).studio.client.calls);
  const stageCallsAsync = () => page.evaluate(() => (window as unknown as Window).studio.stage.calls);
  const button = (name: string) => page.getByRole("button", { name, exact: true });

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 720 }, colorScheme: "light" });
    errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
    });
  });
  afterEach(async () => {
    await page.close();
    expect(errors).toEqual([]);
  });

  it("trains, pauses, resumes, stops and exports", async () => {
    await openAsync();
    expect(await button("Stop").isDisabled()).toBe(true);
    await button("Train").click();
    await button("Pause").click();
    await button("Resume").click();
    await button("Export ONNX").click();
    await button("Stop").click();
    await button("Train").waitFor();
    expect((await callsAsync()).map(([name]) => name)).toEqual(["train", "pause", "resume", "exportPolicy", "stop"]);
  });

  it("sets weights by slider, at most ten times a second, and by number", async () => {
    await openAsync();
    const slider = page.getByRole("slider", { name: "Weight of upright" });
    const box = (await slider.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const start = Date.now();
    await page.mouse.down();
    for (let i = 1; i <= 40; i++) await page.mouse.move(box.x + box.width * (0.5 + i / 100), box.y + box.height / 2);
    await page.mouse.up();
    const seconds = (Date.now() - start) / 1000;
    const dragged = await callsAsync();
    expect(dragged.length).toBeGreaterThan(0);
    expect(dragged.length).toBeLessThanOrEqual(10 * seconds + 3);
    const [name, term, weight] = dragged.at(-1)!;
    expect([name, term]).toEqual(["setWeight", "upright"]);
    expect(weight).toBeGreaterThan(1);
    expect(await page.getByLabel("Number for upright").inputValue()).toBe(String(weight));

    const number = page.getByLabel("Number for effort");
    await number.fill("-12.5");
    await number.press("Enter");
    expect((await callsAsync()).at(-1)).toEqual(["setWeight", "effort", -12.5]);
    await page.getByRole("checkbox", { name: "Use effort" }).uncheck();
    expect((await callsAsync()).at(-1)).toEqual(["setEnabled", "effort", false]);
  });

  it("adds terms and says what has changed", async () => {
    await openAsync();
    await page.getByText("2.5 → 4").click();
    expect((await callsAsync()).at(-1)).toEqual(["setWeight", "forwardSpeed", 2.5]);
    await button("Add a term").click();
    await page.getByRole("combobox", { name: "Search the library" }).fill("symm");
    await page.keyboard.press("Enter");
    expect((await callsAsync()).at(-1)).toEqual(["addTerm", "symmetry"]);
    await button("Write a term").click();
    await button("Undo").click();
    await button("Back to the preset").click();
    expect((await callsAsync()).slice(-3)).toEqual([["addCode"], ["undo"], ["resetToPreset"]]);
  });

  it("obeys keys, but not while somebody types", async () => {
    await openAsync();
    await page.keyboard.press("t");
    await button("Pause").waitFor();
    await page.keyboard.press("t");
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+Shift+z");
    await page.keyboard.press("e");
    await page.keyboard.press("s");
    expect((await callsAsync()).map(([name]) => name)).toEqual([
      "train",
      "pause",
      "undo",
      "redo",
      "exportPolicy",
      "stop",
    ]);
    await page.keyboard.press("Space");
    await page.keyboard.press("f");
    await page.keyboard.press("r");
    expect(await stageCallsAsync()).toEqual([["set", { paused: true }], ["set", { follow: false }], ["reset"]]);

    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Help" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Help" }).waitFor({ state: "hidden" });
    const before = (await callsAsync()).length;
    await page.locator(".cm-content").click();
    await page.keyboard.type("test ? ");
    await page.getByLabel("Number for alive").focus();
    await page.keyboard.type("rest");
    await page.keyboard.press("Escape");
    expect((await callsAsync()).length).toBe(before);
    expect((await stageCallsAsync()).length).toBe(3);
  });

  it("shows a fault at its line, completes, and applies code", async () => {
    await openAsync();
    await page.getByText("Line 4").waitFor();
    await page.getByText("The last good code goes on.").waitFor();
    await expect.poll(() => page.locator(".cm-lintRange-error").count(), { timeout: 20_000 }).toBeGreaterThan(0);
    expect(await page.locator(".cm-line", { has: page.locator(".cm-lintRange-error") }).textContent()).toContain(
      "feet.clearence",
    );
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("(state) => state.feet.air");
    await page.getByRole("option", { name: /airSeconds/ }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.type("borne ? 1 : 0");
    await page.keyboard.press("Control+Enter");
    expect((await callsAsync()).at(-1)).toEqual(["applyCode", "lift", "(state) => state.feet.airborne ? 1 : 0"]);
    await expect.poll(() => page.locator(".cm-lintRange-error").count(), { timeout: 20_000 }).toBe(0);
  });

  it("asks before it deletes a run", async () => {
    await openAsync();
    await page.getByText("hopper #1").hover();
    await button("Delete hopper #1").click();
    await button("Keep").click();
    expect(await callsAsync()).toEqual([]);
    await button("Delete hopper #1").click();
    await button("Delete").click();
    expect(await callsAsync()).toEqual([["deleteRun", "d"]]);
  });

  it("takes in a zip archive", async () => {
    await openAsync();
    const file = { name: "run.zip", mimeType: "application/zip", buffer: Buffer.from([1, 2]) };
    await page.getByLabel("Zip archive of a run").setInputFiles(file);
    await expect.poll(callsAsync).toEqual([["importRun", [{ path: "run.zip", bytes: Uint8Array.of(1, 2) }]]]);
  });

  it("draws the curves of several runs, zooms and comes back", async () => {
    await openAsync();
    await button("Train").click();
    await page.evaluate(() => (window as unknown as Window).studio.client.grow("a", 100));
    await page.getByRole("tab", { name: "Plots" }).click();
    await page.getByRole("checkbox", { name: "Show walker run #1 in the plots" }).check();
    const plot = page.getByRole("figure", { name: "Return" });
    await expect.poll(() => plot.locator("output span").count(), { timeout: 20_000 }).toBe(2);
    const box = (await plot.locator(".u-over").boundingBox())!;
    await page.mouse.move(box.x + 40, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + 120, box.y + 40, { steps: 4 });
    await page.mouse.up();
    await button("Show all").waitFor();
    await plot.locator(".u-over").dblclick();
    await button("Show all").waitFor({ state: "hidden" });
    await button("Time").click();
    expect(await button("Time").getAttribute("aria-pressed")).toBe("true");
  });

  it("goes from light to dark and remembers it", async () => {
    await openAsync();
    const colour = () => page.locator(".legwork-studio").evaluate((root) => getComputedStyle(root).backgroundColor);
    const light = await colour();
    await button("Dark theme").click();
    expect(await page.locator(".legwork-studio").getAttribute("data-theme")).toBe("dark");
    expect(await colour()).not.toBe(light);
    await page.reload();
    await button("Light theme").waitFor();
  });

  it("shows a new visitor around without being in the way", async () => {
    await openAsync("", false);
    await page.getByText("This is a trained character").waitFor();
    await button("Next").click();
    await page.getByText("Press Train", { exact: true }).waitFor();
    await button("Train").click();
    await page.getByText("Drag a weight: the gait follows").waitFor();
    await button("Done").click();
    await page.reload();
    await button("Train").waitFor();
    expect(await page.getByRole("complementary").count()).toBe(0);
  });

  it("says what went wrong until it is dismissed", async () => {
    await openAsync();
    await page.evaluate(() =>
      (window as unknown as Window).studio.client.set({
        notices: [{ id: 7, kind: "error", text: "It does not fit." }],
      }),
    );
    await page.getByRole("alert").filter({ hasText: "It does not fit." }).waitFor();
    await button("Dismiss").click();
    expect((await callsAsync()).at(-1)).toEqual(["dismissNotice", 7]);
  });

  it.each([
    ["a laptop", "", 1280, 720],
    ["a tablet", "", 768, 1024],
    ["a phone", "", 390, 800],
    ["an inspector's pane", "?column", 350, 800],
  ])("fits %s", async (_, path, width, height) => {
    await page.setViewportSize({ width, height });
    await openAsync(path);
    await button("Train").click();
    const tooWide = await page.evaluate(() =>
      [
        document.documentElement,
        ...document.querySelectorAll(".legwork-studio, .legwork-studio :is(div, section, ul, header, nav)"),
      ]
        .filter((element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1)
        .map((element) => `${element.tagName} ${element.className}`),
    );
    expect(tooWide).toEqual([]);
  });
});
