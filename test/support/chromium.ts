import { existsSync } from "node:fs";
import type { LaunchOptions } from "playwright-core";

const candidates = [
  process.env.LEGWORK_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const executablePath = candidates.find((path) => path !== undefined && existsSync(path));

/** Why browser tests cannot run here; null when they can. */
export const noChromium: string | null = executablePath
  ? null
  : "there is no Chromium; install it (Debian: apt-get install chromium) or set LEGWORK_CHROMIUM to run the browser tests";

/** How tests start the system's Chromium: headless, with WebGL in software so that no graphics card is needed. */
export const chromiumOptions: LaunchOptions = {
  ...(executablePath ? { executablePath } : {}),
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
};
