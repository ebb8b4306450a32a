import { existsSync } from "node:fs";
import type { LaunchOptions } from "playwright-core";

const executablePath = "/usr/bin/chromium";

/** Why browser tests cannot run here; null when they can. */
export const noChromium: string | null = existsSync(executablePath)
  ? null
  : `there is no ${executablePath}; install Chromium (Debian: apt-get install chromium) to run the browser tests`;

/** How tests start the system's Chromium: headless, with WebGL in software so that no graphics card is needed. */
export const chromiumOptions: LaunchOptions = {
  executablePath,
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
};
