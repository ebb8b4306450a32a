// Makes a fresh clone ready: `ensureInstalled()` before the command line runs, `node src/cli/setup.js --test` before the
// tests. Plain JavaScript, because it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Installs the npm packages when they are missing or older than the lock file. */
export function ensureInstalled() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 12)) {
    fail(`Legwork needs Node.js 20.12 or newer, this is ${process.versions.node}.`);
  }
  const lock = join(root, "package-lock.json");
  const installed = join(root, "node_modules/.package-lock.json");
  if (!existsSync(lock) || (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs)) return;
  console.error("Installing npm packages (once) …");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], "npm ci failed; the lines above say why.");
}

/** What the tests use beyond npm: a Chromium for the browser tests, and ONNX's own checker where Debian has it. */
function ensureTestTools() {
  const browser = process.env.LEGWORK_CHROMIUM ?? BROWSERS.find((path) => existsSync(path));
  if (browser && existsSync(browser)) return;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync("/usr/bin/apt-get")) {
    fail("The browser tests need Chromium: install it, or set LEGWORK_CHROMIUM to its path, and run npm test again.");
  }
  console.error("Installing Chromium for the browser tests (once) …");
  run("apt-get", ["update", "-qq"], "apt-get update failed.");
  run(
    "apt-get",
    ["install", "-y", "-qq", "--no-install-recommends", "chromium", "python3-onnx"],
    "apt-get install failed.",
  );
}

function run(command, args, message) {
  // Standard output may belong to `--json`, so what tools say goes to standard error.
  const { status } = spawnSync(command, args, { cwd: root, stdio: ["ignore", process.stderr, process.stderr] });
  if (status !== 0) fail(message);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  ensureInstalled();
  if (process.argv.includes("--test")) ensureTestTools();
}
