/** `npm run pictures:studio`: trains a hopper in the Studio for a while and saves pictures of it, for the README. */
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { startStudioServerAsync } from "../../src/cli/studio/server.js";
import { chromiumOptions, noChromium } from "../support/chromium.js";

/** Steps after which a hopper goes some way before it falls. */
const STEPS = 200_000;
const TERM = `// Head high, and still: m above the ground, less what it moves up and down (m/s).
(state) => {
  const { body } = state;
  const bounce = Math.abs(body.linearVelocities[1]);
  return body.heightAbove(0) - 0.2 * bounce;
}`;

if (noChromium) throw new Error(noChromium);
const models = fileURLToPath(new URL("../../models/", import.meta.url));
const server = await startStudioServerAsync({ own: null });
const browser = await chromium.launch(chromiumOptions);
const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, colorScheme: "light" });
await page.goto(server.url);
await page.waitForFunction(() => window.legworkStudio !== undefined);
await page.getByRole("button", { name: "Skip", exact: true }).click();
await page.getByRole("button", { name: "Train", exact: true }).click();
await page.waitForFunction((steps) => (window.legworkStudio!.studio.state.runs[0]?.steps ?? 0) > steps, STEPS, {
  timeout: 300_000,
});
await page.screenshot({ path: `${models}studio.png` });
await page.getByRole("button", { name: "Write a term", exact: true }).click();
await page.waitForFunction(() => window.legworkStudio!.studio.state.rewards.at(-1)?.kind === "code");
await page.evaluate((code) => window.legworkStudio!.studio.applyCode("my-term", code), TERM);
await page.waitForTimeout(8000);
await page.screenshot({ path: `${models}studio-code.png` });
await page.emulateMedia({ colorScheme: "dark" });
await page.getByRole("tab", { name: "Plots" }).click();
await page.waitForTimeout(5000);
await page.screenshot({ path: `${models}studio-plots.png` });
await browser.close();
await server.close();
process.exit(0);
