/** The style of the report page. The `--series-…` colours also go to the plots. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --card: #ffffff; --edge: #e2e5ea; --text: #1c2330; --quiet: #69748a; --grid: #eceef2;
  --series-0: #2f6fde; --series-1: #dd6b12; --series-2: #12946b; --series-3: #a444c8;
  --series-4: #c0940a; --series-5: #0f93b0; --series-6: #d23b45; --series-7: #7a8496;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12151b; --card: #1a1f28; --edge: #2a313d; --text: #e4e8ef; --quiet: #8e99ad; --grid: #262c37;
    --series-0: #6aa2ff; --series-1: #f79a4d; --series-2: #43c99a; --series-3: #cf8af0;
    --series-4: #e2be45; --series-5: #4cc6e2; --series-6: #f27780; --series-7: #a3adbd;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 20px 24px 32px; max-width: 1600px; background: var(--page); color: var(--text);
  font: 14px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-variant-numeric: tabular-nums;
}
h1 { margin: 0 0 8px; font-size: 22px; font-weight: 650; letter-spacing: -0.01em; }
h2 { margin: 0; font-size: 14px; font-weight: 600; }
dl, dd, p { margin: 0; }
dt { color: var(--quiet); }
.facts { display: flex; flex-wrap: wrap; gap: 2px 22px; }
.facts div { display: flex; gap: 6px; }
.results, .card, .empty { background: var(--card); border: 1px solid var(--edge); border-radius: 8px; }
.results { margin-top: 14px; padding: 10px 14px 12px; }
.results dl { display: flex; flex-wrap: wrap; gap: 8px 36px; margin-top: 6px; }
.results dt { font-size: 12px; }
.results dd { font-size: 17px; font-weight: 600; overflow-wrap: anywhere; }
.empty { margin-top: 14px; padding: 24px; color: var(--quiet); text-align: center; }
nav {
  position: sticky; top: 0; z-index: 10; display: flex; align-items: center; gap: 16px;
  margin: 6px 0 4px; padding: 8px 0; background: var(--page); color: var(--quiet); font-size: 13px;
}
nav p { margin-left: auto; }
#axis { display: flex; margin: 0; padding: 2px; border: 1px solid var(--edge); border-radius: 7px; background: var(--card); }
#axis legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
#axis input { position: absolute; opacity: 0; }
#axis span { display: block; padding: 2px 14px; border-radius: 5px; cursor: pointer; }
#axis input:checked + span { background: var(--text); color: var(--card); }
#axis input:focus-visible + span { outline: 2px solid var(--series-0); outline-offset: 1px; }
main { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); grid-auto-flow: dense; gap: 12px; }
@media (max-width: 800px) { main { grid-template-columns: minmax(0, 1fr); } }
.card { padding: 10px 12px 4px; min-width: 0; }
.card.wide { grid-column: 1 / -1; }
.card header { display: flex; align-items: baseline; gap: 8px; }
.card header small { color: var(--quiet); font-size: 12px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
.card header output { margin-left: auto; font-weight: 600; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 6px; margin: 4px -6px 0; }
.legend button {
  display: flex; align-items: center; gap: 6px; padding: 1px 6px; border: 0; border-radius: 5px;
  background: none; color: inherit; font: inherit; font-size: 13px; cursor: pointer;
}
.legend button:hover { background: var(--grid); }
.legend button[aria-pressed="false"] { opacity: 0.4; }
.legend i { width: 14px; height: 0; border-top-width: 3px; border-radius: 2px; }
.legend output { min-width: 5ch; color: var(--quiet); text-align: left; }
.uplot .u-select { background: color-mix(in srgb, var(--series-0) 18%, transparent); }
.uplot .u-cursor-x { border-color: var(--quiet); }
`;

/**
 * The script of the report page: plain JavaScript for the browser, after uPlot.
 * It draws `charts` of `#data` over `steps` or `seconds`, `[records]` like the values of every series.
 */
export const PAGE_SCRIPT = `"use strict";
const { steps, seconds, charts } = JSON.parse(document.getElementById("data").textContent);

const lastSecond = seconds[seconds.length - 1] ?? 0;
const [timeUnit, unitSeconds] = lastSecond > 7200 ? ["h", 3600] : lastSecond > 180 ? ["min", 60] : ["s", 1];
const times = seconds.map((value) => value / unitSeconds);

const abbreviate = (value) => value.toLocaleString("en", { notation: "compact", maximumSignificantDigits: 6 });
const formatTime = (value) => value.toLocaleString("en", { maximumFractionDigits: 3 }) + " " + timeUnit;
const formatValue = (value) => {
  const size = Math.abs(value);
  if (size >= 1e5) return abbreviate(value);
  return size > 0 && size < 1e-3 ? String(Number(value.toExponential(2))) : String(Number(value.toPrecision(4)));
};

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name);
const seriesColour = (index) => "--series-" + (index % 8);
const add = (parent, tag, text = "", className = "") => {
  const element = parent.appendChild(document.createElement(tag));
  element.textContent = text;
  element.className = className;
  return element;
};

let horizontal = steps;
const formatHorizontal = (value) => (horizontal === steps ? abbreviate(value) : formatTime(value));
const position = document.getElementById("position");

const plots = charts.map((chart) => {
  const card = add(document.querySelector("main"), "section", "", chart.series.length > 1 ? "card wide" : "card");
  const header = add(card, "header");
  add(header, "h2", chart.title);
  add(header, "small", chart.source);
  const body = add(card, "div");

  // Where the value under the cursor is shown: in the header, or beside each name of a legend.
  let outputs;
  if (chart.series.length === 1) {
    outputs = [add(header, "output")];
  } else {
    const legend = add(card, "div", "", "legend");
    outputs = chart.series.map((series, index) => {
      const button = add(legend, "button");
      button.setAttribute("aria-pressed", "true");
      const line = add(button, "i");
      line.style.borderColor = "var(" + seriesColour(index) + ")";
      line.style.borderTopStyle = index < 8 ? "solid" : "dashed";
      add(button, "span", series.name);
      button.addEventListener("click", () => {
        const show = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(show));
        plot.setSeries(index + 1, { show });
      });
      return add(button, "output");
    });
  }

  // The records at or before the cursor, or all of them when there is no cursor: the latest number counts.
  const showValues = (index) => {
    chart.series.forEach((series, number) => {
      let last = index ?? steps.length - 1;
      while (last >= 0 && series.values[last] === null) last--;
      outputs[number].textContent = last < 0 ? "–" : formatValue(series.values[last]);
    });
    position.textContent =
      index == null ? "" : steps[index].toLocaleString("en") + " steps · " + formatTime(times[index]);
  };

  const axis = (format, size, space) => ({
    values: (_plot, splits) => splits.map(format),
    size,
    space,
    font: "11px system-ui, sans-serif",
    stroke: () => colour("--quiet"),
    grid: { stroke: () => colour("--grid"), width: 1 },
    ticks: { show: false },
  });
  const plot = new uPlot(
    {
      width: body.clientWidth,
      height: chart.series.length > 1 ? 230 : 170,
      padding: [10, 14, 0, 0],
      legend: { show: false },
      scales: { x: { time: false } },
      cursor: { y: false, sync: { key: "report", setSeries: false }, points: { size: 6 } },
      series: [
        {},
        ...chart.series.map((_series, index) => ({
          stroke: () => colour(seriesColour(index)),
          width: 1.5,
          pxAlign: 0,
          dash: index < 8 ? [] : [6, 4],
          spanGaps: true,
          points: { show: steps.length < 2 },
        })),
      ],
      axes: [axis(formatHorizontal, 26, 70), axis(formatValue, 52, 24)],
      hooks: { setCursor: [(self) => showValues(self.cursor.idx)] },
    },
    [horizontal, ...chart.series.map((series) => series.values)],
    body,
  );
  showValues(null);
  new ResizeObserver(() => plot.setSize({ width: body.clientWidth, height: plot.height })).observe(body);
  return plot;
});

document.getElementById("axis")?.addEventListener("change", (event) => {
  horizontal = event.target.value === "steps" ? steps : times;
  for (const plot of plots) plot.setData([horizontal, ...plot.data.slice(1)]);
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const plot of plots) plot.redraw();
});
`;
