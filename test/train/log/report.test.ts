import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MetricRecord } from "../../../src/train/log/metrics.js";
import { type Report, writeReport } from "../../../src/train/log/report.js";

import { chromiumOptions, noChromium } from "../../support/chromium.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "legwork-report-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Steps 0, 1 … 100, at the time step²/100 s: halfway in steps is not halfway in time. */
const records: MetricRecord[] = Array.from({ length: 101 }, (_, step) => ({
  step,
  wallSeconds: step ** 2 / 100,
  values: {
    "Reward/upright": 0.5,
    "Reward/<forward>": step / 100,
    "Policy/Entropy": 1 - step / 50,
    "Environment/Cumulative Reward": step < 3 || step === 100 ? Number.NaN : 10 * step + 1 / 3,
    "Policy/Entropy Coefficient": 0.001,
    "Losses/Never Finite": Number.POSITIVE_INFINITY,
  },
}));

const report: Report = {
  title: "Walker & <b>friends</b>",
  facts: { Trainer: "ppo", "</script>": '"quoted"' },
  records,
  results: { title: "Evaluation", rows: { "Forward speed": "1.5 ± 0.1 m/s" } },
};

function render(content: Report): string {
  return readFileSync(writeReport(folder, content), "utf8");
}

function chartsIn(html: string) {
  const json = html.match(/<script type="application\/json" id="data">(.*?)<\/script>/s)?.[1] ?? "";
  return JSON.parse(json) as {
    steps: number[];
    seconds: number[];
    charts: { title: string; source: string; series: { name: string; values: (number | null)[] }[] }[];
  };
}

describe("writeReport", () => {
  it("leaves one file, report.html", () => {
    expect(writeReport(folder, report)).toBe(join(folder, "report.html"));
    expect(readdirSync(folder)).toEqual(["report.html"]);
  });

  it("escapes all text", () => {
    const html = render(report);
    expect(html).toContain("<h1>Walker &amp; &lt;b&gt;friends&lt;/b&gt;</h1>");
    expect(html).toContain("<dt>&lt;/script&gt;</dt><dd>&quot;quoted&quot;</dd>");
    expect(html).not.toContain("<forward>");
    // Opened and closed: the data, uPlot and the page script.
    expect(html.match(/<\/script>/g)).toHaveLength(3);
  });

  it("plots every tag that has a number: return first, reward terms together, unknown tags last", () => {
    const { charts } = chartsIn(render(report));
    expect(charts.map(({ title, series }) => [title, series.map(({ name }) => name)])).toEqual([
      ["Return", ["Return"]],
      ["Reward terms", ["upright", "<forward>"]],
      ["Entropy", ["Entropy"]],
      ["Entropy Coefficient", ["Entropy Coefficient"]],
    ]);
  });

  it("carries the records, six digits of each value, with gaps where there is no number", () => {
    const { steps, seconds, charts } = chartsIn(render(report));
    expect(steps).toHaveLength(101);
    expect(seconds.slice(0, 4)).toEqual([0, 0.01, 0.04, 0.09]);
    expect(charts[0]?.series[0]?.values.slice(0, 5)).toEqual([null, null, null, 30.3333, 40.3333]);
  });

  it("puts all plots of a PPO run on the page", () => {
    const tags = [
      "Performance/Steps per Second",
      "Policy/Explained Variance",
      "Policy/Clip Fraction",
      "Policy/Approximate KL",
      "Policy/Learning Rate",
      "Policy/Entropy",
      "Losses/Value Loss",
      "Losses/Policy Loss",
      "Environment/Episode Length",
      "Environment/Cumulative Reward",
    ];
    const values = Object.fromEntries(tags.map((tag) => [tag, 1]));
    const { charts } = chartsIn(render({ ...report, records: [{ step: 1, wallSeconds: 1, values }] }));
    expect(charts.map(({ title }) => title)).toEqual([
      "Return",
      "Episode length",
      "Approximate KL",
      "Entropy",
      "Value loss",
      "Policy loss",
      "Explained variance",
      "Clip fraction",
      "Steps per second",
      "Learning rate",
    ]);
  });
});

describe.skipIf(noChromium)("the report in a browser", () => {
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch(chromiumOptions);
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) problems.push(request.url());
    });
  });
  afterAll(() => browser.close());

  const open = async (content: Report) => {
    problems.length = 0;
    await page.goto(pathToFileURL(writeReport(folder, content)).href);
  };
  /** The middle of the plot area of chart `index`, moved by `fraction` of its width. */
  const pointOf = async (index: number, fraction: number) => {
    const box = await page.locator(".u-over").nth(index).boundingBox();
    if (box === null) throw new Error(`chart ${index} is not visible`);
    return [box.x + box.width * (0.5 + fraction), box.y + box.height / 2] as const;
  };

  /** What chart `index` shows, to compare. */
  const picture = (index: number): Promise<string> =>
    page
      .locator("canvas")
      .nth(index)
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

  it("draws all charts without a complaint and shows the latest numbers", async () => {
    await open(report);
    expect(await page.locator("canvas").count()).toBe(4);
    expect(await page.locator("main h2").allTextContents()).toEqual([
      "Return",
      "Reward terms",
      "Entropy",
      "Entropy Coefficient",
    ]);
    // The last record has no return: the one before counts.
    expect(await page.locator(".card header output").allTextContents()).toEqual(["990.3", "-1", "0.001"]);
    expect(await page.locator(".legend").textContent()).toBe("upright0.5<forward>1");
    expect(problems).toEqual([]);
  });

  it("shows all values at the cursor, zooms all charts together, and changes the axis", async () => {
    await open(report);
    const stepsAtMiddle = async (index: number): Promise<number> => {
      // Two moves: the second is seen even when the mouse already was there.
      await page.mouse.move(...(await pointOf(index, 0.1)));
      await page.mouse.move(...(await pointOf(index, 0)));
      const output = page.locator("#position");
      await expect.poll(() => output.textContent()).toMatch(/ steps · /);
      return Number.parseInt((await output.textContent()) ?? "", 10);
    };
    expect(await stepsAtMiddle(0)).toBe(50);
    expect(await page.locator(".card header output").allTextContents()).toEqual(["500.3", "0", "0.001"]);

    await page.mouse.down();
    await page.mouse.move(...(await pointOf(0, 0.25)), { steps: 3 });
    await page.mouse.move(...(await pointOf(0, 0.5)), { steps: 3 });
    await page.mouse.up();
    expect(await stepsAtMiddle(2)).toBe(75);

    await page.mouse.dblclick(...(await pointOf(1, 0)));
    expect(await stepsAtMiddle(2)).toBe(50);

    // Halfway in time is √½ of the steps.
    await page.getByText("Time", { exact: true }).click();
    expect(await stepsAtMiddle(0)).toBe(71);
    expect(await page.locator("#position").textContent()).toBe("71 steps · 50.41 s");
    expect(problems).toEqual([]);
  });

  it("hides a reward term on demand", async () => {
    await open(report);
    const before = await picture(1);
    const term = page.getByRole("button", { name: "upright" });
    await term.click();
    expect(await term.getAttribute("aria-pressed")).toBe("false");
    await expect.poll(() => picture(1)).not.toBe(before);
    await term.click();
    await page.mouse.move(0, 0);
    await expect.poll(() => picture(1)).toBe(before);
    expect(problems).toEqual([]);
  });

  it("follows the colour scheme while it is open", async () => {
    await open(report);
    const light = await picture(0);
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(() => picture(0)).not.toBe(light);
    await page.emulateMedia({ colorScheme: "light" });
    await expect.poll(() => picture(0)).toBe(light);
  });

  it("can be read before anything has been recorded", async () => {
    await open({ title: "New", facts: {}, records: [] });
    expect(await page.locator(".empty").textContent()).toBe("Nothing has been recorded yet.");
    expect(problems).toEqual([]);
  });
});
