import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LoopbackServer } from "../../../src/cli/loopback.js";
import { chromiumOptions, noChromium } from "../../support/chromium.js";
import { installInspectorAsync, serveGameAsync } from "./serveGame.js";

// The Studio inside of something else, in a real browser: in the Inspector of a game, and in what stands in for the Editor.
// LEGWORK_PICTURES=1 takes the README's picture of it.

const picture = process.env.LEGWORK_PICTURES
  ? fileURLToPath(new URL("../../../models/studio-inspector.png", import.meta.url))
  : null;
const MINUTES = 60_000;
/** A hopper that nobody has taught anything earns some 10. */
const LEARNT = 150;

describe.skipIf(noChromium)(`the Studio in a game${noChromium ? ` (${noChromium})` : ""}`, () => {
  let missing: string | null;
  let server: LoopbackServer | undefined;
  let browser: Browser | undefined;

  beforeAll(async () => {
    missing = await installInspectorAsync();
    if (missing) return;
    server = await serveGameAsync();
    browser = await chromium.launch(chromiumOptions);
  }, 15 * MINUTES);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const openPageAsync = async (path: string): Promise<{ page: Page; problems: string[] }> => {
    const page = await browser!.newPage({ viewport: { width: 1280, height: 720 } });
    const problems: string[] = [];
    page.on("pageerror", ({ message }) => problems.push(message));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    await page.goto(server!.url + path);
    return { page, problems };
  };
  /** Those of workers, too. */
  const workersAsync = async () => {
    const session = await browser!.newBrowserCDPSession();
    const { targetInfos } = await session.send("Target.getTargets");
    await session.detach();
    return targetInfos.filter(({ type }) => type === "worker").length;
  };

  it("trains the game's own character in the Inspector, and leaves nothing behind", { timeout: 3 * MINUTES }, async ({
    skip,
  }) => {
    if (missing) skip(missing);
    const { page, problems } = await openPageAsync(picture ? "?scaling=1" : "");
    await page.waitForFunction(() => window.game !== undefined, undefined, { timeout: MINUTES });
    const action = () => page.evaluate(() => [...window.game!.agent.lastAction]);
    const moves = async () => (await action()).some((value) => value !== 0);
    expect(await moves()).toBe(false);

    const openAsync = async () => {
      await page.evaluate(() => window.game!.open());
      await page.locator('button[role="radio"][value="Legwork"]').click({ timeout: MINUTES });
    };
    await openAsync();
    await page.getByRole("button", { name: "Train", exact: true }).click({ timeout: MINUTES });
    const started = performance.now();
    const figure = page.locator(".lw-figures dt", { hasText: /^return$/ }).locator("+ dd");
    const returned = async () => Number((await figure.textContent({ timeout: MINUTES }))?.replace(/[^\d.-]/g, ""));
    await expect.poll(returned, { timeout: MINUTES, interval: 250 }).toBeGreaterThan(LEARNT);
    console.log(`a return of ${LEARNT} after ${((performance.now() - started) / 1000).toFixed(0)} s`);
    expect(await moves()).toBe(true);
    expect(await workersAsync()).toBeGreaterThan(1);
    if (picture) {
      await expect.poll(returned, { timeout: 2 * MINUTES, interval: 250 }).toBeGreaterThan(1500);
      await page.screenshot({ path: picture });
    }

    await page.evaluate(() => window.game!.close());
    await expect.poll(workersAsync, { timeout: 10_000 }).toBe(0);
    await expect.poll(moves, { timeout: 10_000 }).toBe(false);
    expect(await page.locator(".legwork-studio").count()).toBe(0);

    await openAsync();
    // The run is there, to go on with.
    await page.locator(".lw-status", { hasText: "stopped" }).first().waitFor({ timeout: MINUTES });
    await page.evaluate(() => window.game!.close());
    expect(problems).toEqual([]);
    await page.close();
  });

  it("is a tab of the Editor, which has another React", { timeout: MINUTES }, async ({ skip }) => {
    if (missing) skip(missing);
    const { page, problems } = await openPageAsync("editor");
    await page.waitForFunction(() => window.editor !== undefined && window.plugin !== undefined);
    const tab = page.getByRole("region", { name: "Legwork", exact: true });
    const train = tab.getByRole("button", { name: "Train", exact: true });
    const { title, description } = await page.evaluate(() => {
      window.plugin!.main(window.editor!);
      const { title, description } = window.plugin!;
      return { title, description };
    });
    expect(title).toBe("Legwork");
    expect(description).toContain("Train");
    await train.waitFor();
    await page.evaluate(() => window.moveTabs!());
    await train.waitFor();
    await train.click();
    await expect.poll(workersAsync, { timeout: 30_000 }).toBeGreaterThan(0);
    await page.evaluate(() => window.plugin!.close(window.editor!));
    await tab.waitFor({ state: "detached" });
    await expect.poll(workersAsync, { timeout: 10_000 }).toBe(0);
    expect(problems).toEqual([]);
    await page.close();
  });
});
