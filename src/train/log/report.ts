import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { writeFileAtomically } from "./atomicFile.js";
import { type MetricRecord, REWARD_TAG_PREFIX, TAGS } from "./metrics.js";
import { PAGE_SCRIPT, PAGE_STYLE } from "./reportPage.js";

export interface Report {
  readonly title: string;
  /** What was trained and how, shown under the title: label → text. */
  readonly facts: Readonly<Record<string, string>>;
  readonly records: readonly MetricRecord[];
  /** Figures above the plots, for example those of an evaluation: label → text. */
  readonly results?: { readonly title: string; readonly rows: Readonly<Record<string, string>> } | undefined;
}

/** One plot. `PAGE_SCRIPT` draws it. */
interface Chart {
  readonly title: string;
  /** Where the numbers come from: a tag, or a group of tags. */
  readonly source: string;
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

type Titles = readonly (readonly [tag: string, title: string])[];

/** The plots above the reward terms. */
const OUTCOME_TITLES: Titles = [
  [TAGS.return, "Return"],
  [TAGS.episodeLength, "Episode length"],
];

/** The plots below the reward terms; all other tags follow. */
const LEARNING_TITLES: Titles = [
  [TAGS.approximateKl, "Approximate KL"],
  [TAGS.entropy, "Entropy"],
  [TAGS.valueLoss, "Value loss"],
  [TAGS.policyLoss, "Policy loss"],
  [TAGS.explainedVariance, "Explained variance"],
  [TAGS.clipFraction, "Clip fraction"],
  [TAGS.stepsPerSecond, "Steps per second"],
  [TAGS.learningRate, "Learning rate"],
];

/** Writes `report.html` into `folder`: one page with all plots, which needs nothing else and no network. */
export function writeReport(folder: string, report: Report): string {
  const path = join(folder, "report.html");
  writeFileAtomically(path, renderReport(report));
  return path;
}

function renderReport({ title, facts, records, results }: Report): string {
  const require = createRequire(import.meta.url);
  const uPlotFile = (name: string): string => readFileSync(require.resolve(`uplot/${name}`), "utf8");
  const data = {
    steps: records.map((record) => record.step),
    seconds: records.map((record) => compact(record.wallSeconds)),
    charts: chartsOf(records),
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${uPlotFile("dist/uPlot.min.css")}</style>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
<dl class="facts">${definitions(facts)}</dl>
</header>
${results === undefined ? "" : `<section class="results"><h2>${escapeHtml(results.title)}</h2><dl>${definitions(results.rows)}</dl></section>`}
${
  records.length === 0
    ? `<p class="empty">Nothing has been recorded yet.</p>`
    : `<nav><fieldset id="axis"><legend>Horizontal axis</legend>
<label><input type="radio" name="axis" value="steps" checked><span>Steps</span></label>
<label><input type="radio" name="axis" value="seconds"><span>Time</span></label></fieldset>
<output id="position"></output><p>Drag to zoom, double-click to see all</p></nav>`
}
<main></main>
<script type="application/json" id="data">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>
<script>/*!\n${uPlotFile("LICENSE")}*/\n${uPlotFile("dist/uPlot.iife.min.js")}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function chartsOf(records: readonly MetricRecord[]): Chart[] {
  const tags = [...new Set(records.flatMap((record) => Object.keys(record.values)))].filter((tag) =>
    records.some((record) => Number.isFinite(record.values[tag])),
  );
  const series = (tag: string, name: string) => ({
    name,
    values: records.map((record) => compact(record.values[tag])),
  });
  const single = (tag: string, title: string): Chart => ({ title, source: tag, series: [series(tag, title)] });
  const titled = (titles: Titles): Chart[] =>
    titles.filter(([tag]) => tags.includes(tag)).map(([tag, title]) => single(tag, title));

  const rewardTags = tags.filter((tag) => tag.startsWith(REWARD_TAG_PREFIX));
  const rewards: Chart = {
    title: "Reward terms",
    source: rewardTags.length === 1 ? rewardTags.join() : `${REWARD_TAG_PREFIX}…`,
    series: rewardTags.map((tag) => series(tag, tag.slice(REWARD_TAG_PREFIX.length))),
  };
  const titledTags = [...OUTCOME_TITLES, ...LEARNING_TITLES].map(([tag]) => tag);
  const others = tags.filter((tag) => !rewardTags.includes(tag) && !titledTags.includes(tag)).sort();
  return [
    ...titled(OUTCOME_TITLES),
    ...(rewardTags.length > 0 ? [rewards] : []),
    ...titled(LEARNING_TITLES),
    ...others.map((tag) => single(tag, tag.slice(tag.indexOf("/") + 1))),
  ];
}

/** Six digits are more than a plot can show; what is not a finite number is a gap, null. */
function compact(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
}

function definitions(rows: Readonly<Record<string, string>>): string {
  return Object.entries(rows)
    .map(([label, text]) => `<div><dt>${escapeHtml(label)}</dt><dd>${escapeHtml(text)}</dd></div>`)
    .join("");
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
