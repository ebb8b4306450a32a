/**
 * `npm run bench:studio`: what training in the page costs those who look at it. Prints JSON lines: the 95th percentile of the page's own
 * tasks on the main thread over a minute of training, from the browser's trace, and the frame rate of 16 hoppers while it
 * trains against the same while it rests, by turns.
 */
import { type Browser, chromium, type Page } from "playwright-core";
import hopper from "../../scenes/hopper/index.js";
import { median } from "../../src/cli/bench/compare.js";
import { startStudioServerAsync } from "../../src/cli/studio/server.js";
import { chromiumOptions, noChromium } from "../support/chromium.js";

const TRACE_SECONDS = 60;
/** Seconds of one look at the frame rate, and looks at each. */
const [LOOK_SECONDS, LOOKS] = [8, 4];

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** µs */
  readonly ts: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly url?: string } };
}

/** ms of the main thread's tasks in which a script of the page ran. */
function ownTasks(events: readonly TraceEvent[], origin: string): number[] {
  const ours = events.filter(({ name, args }) => name === "FunctionCall" && args?.data?.url?.startsWith(origin));
  // Workers have functions of ours, too; those of page.js are the main thread's.
  const sample = ours.find(({ args }) => args!.data!.url!.endsWith("/page.js"));
  if (!sample) throw new Error("The trace holds no call of the page's script.");
  const onMain = ({ pid, tid }: TraceEvent) => pid === sample.pid && tid === sample.tid;
  const calls = ours.filter(onMain).sort((a, b) => a.ts - b.ts);
  const tasks = events.filter((event) => onMain(event) && event.name === "RunTask" && event.dur !== undefined);
  let next = 0;
  return tasks
    .sort((a, b) => a.ts - b.ts)
    .flatMap(({ ts, dur }) => {
      while (next < calls.length && calls[next]!.ts < ts) next++;
      return next < calls.length && calls[next]!.ts < ts + dur! ? [dur! / 1000] : [];
    });
}

/** Frames that are drawn, which may be fewer than the browser offers. */
async function framesPerSecondAsync(page: Page): Promise<number> {
  const rates: number[] = [];
  for (let second = 0; second < LOOK_SECONDS; second++) {
    await page.waitForTimeout(1000);
    rates.push(await page.evaluate(() => window.legworkStudio!.stage.framesPerSecond));
  }
  return median(rates);
}

async function benchAsync(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.goto(url);
  await page.waitForFunction(() => window.legworkStudio?.stage.state.figures != null);
  const studio = (what: "train" | "pause" | "stop") =>
    page.evaluate((method) => window.legworkStudio!.studio[method](), what);
  const hasStatus = (status: string) =>
    page.waitForFunction((wanted) => window.legworkStudio!.studio.state.runs[0]?.status === wanted, status);
  await studio("train");
  await hasStatus("running");
  await page.waitForTimeout(5000);

  await browser.startTracing(page, { categories: ["devtools.timeline", "disabled-by-default-devtools.timeline"] });
  await page.waitForTimeout(TRACE_SECONDS * 1000);
  const trace = JSON.parse((await browser.stopTracing()).toString("utf8")) as { traceEvents: TraceEvent[] };
  const tasks = ownTasks(trace.traceEvents, url).sort((a, b) => a - b);
  print("studio-main-thread-p95", tasks[Math.floor(0.95 * tasks.length)]!, 16, "ms");

  // It may have ended by itself.
  await studio("stop");
  await page.waitForFunction(() => {
    const { status } = window.legworkStudio!.studio.state.runs[0]!;
    return status === "stopped" || status === "solved" || status === "finished";
  });
  const [training, resting]: [number[], number[]] = [[], []];
  for (let look = 0; look < LOOKS; look++) {
    // A run of its own for each look: a fast machine solves the Hopper in little more than the minute of the trace.
    await studio("train");
    await hasStatus("running");
    await page.waitForTimeout(1500);
    training.push(await framesPerSecondAsync(page));
    await studio("pause");
    await hasStatus("paused");
    await page.waitForTimeout(1500);
    resting.push(await framesPerSecondAsync(page));
    await studio("stop");
    await hasStatus("stopped");
  }
  print("studio-frames", median(training), median(resting), "frames/s");
}

function print(name: string, figure: number, reference: number, unit: string): void {
  console.log(JSON.stringify({ name, figure, reference, ratio: figure / reference, unit }));
}

if (noChromium) throw new Error(noChromium);
const module = new URL("../../scenes/hopper/index.ts", import.meta.url);
const server = await startStudioServerAsync({ own: { scene: hopper, module } });
const browser = await chromium.launch(chromiumOptions);
await benchAsync(browser, server.url);
await browser.close();
await server.close();
process.exit(0);
