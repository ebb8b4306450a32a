/**
 * `npm run pictures [-- name …]`: shows models on their play page in a real browser and saves `models/<name>.png`, for
 * the README. Without names, all models that have a card.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { startPlayServerAsync } from "../../src/cli/play/server.js";
import { findSceneAsync } from "../../src/cli/sceneRegistry.js";
import { chromiumOptions, noChromium } from "../support/chromium.js";

/** Simulated seconds after which it has got going. */
const SECONDS = 5;

if (noChromium) throw new Error(noChromium);
const models = fileURLToPath(new URL("../../models/", import.meta.url));
const all = readdirSync(models).flatMap((file) => (file.endsWith(".json") ? [file.slice(0, -5)] : []));
const names = process.argv.length > 2 ? process.argv.slice(2) : all;

const browser = await chromium.launch(chromiumOptions);
for (const name of names) {
  const card = JSON.parse(readFileSync(`${models}${name}.json`, "utf8"));
  const { module } = await findSceneAsync(card.scene);
  const policy = new Uint8Array(readFileSync(`${models}${name}.onnx`));
  const server = await startPlayServerAsync({
    sceneModule: module,
    sceneName: card.scene,
    policy,
    agents: 3,
    seed: 3,
  });
  const page = await browser.newPage({ viewport: { width: 640, height: 360 } });
  await page.goto(`${server.url}?speed=4`);
  await page.evaluate(() => window.legwork!.ready);
  await page.waitForFunction((seconds) => window.legwork!.state!().seconds >= seconds, SECONDS, { timeout: 300_000 });
  await page.addStyleTag({ content: "body > :not(canvas) { display: none !important }" });
  await page.screenshot({ path: `${models}${name}.png` });
  await page.close();
  await server.close();
  console.log(`models/${name}.png`);
}
await browser.close();
process.exit(0);
