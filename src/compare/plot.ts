import { scaleLinear, scaleLog } from "d3-scale";
import { area, line } from "d3-shape";
import type { CurvePoint } from "./curves.js";

/** One line with its band. */
export interface PlotSeries {
  readonly name: string;
  readonly points: readonly CurvePoint[];
}

export interface PlotPanel {
  readonly title: string;
  readonly xLabel: string;
  /** Whether equal ratios are equally far apart on the horizontal axis, not equal differences. Default: no. */
  readonly logarithmic?: boolean;
  readonly series: readonly PlotSeries[];
}

const PANEL = { width: 460, height: 300, left: 64, right: 16, top: 40, bottom: 44 } as const;
const LEGEND = 150;
const COLORS = [
  ...["#2f6fde", "#dd6b12", "#12946b", "#a444c8", "#c0940a", "#0f93b0", "#d23b45", "#7a8496"],
  ...["#17408b", "#8a430b", "#0a5a41", "#662a7d", "#765b06", "#0a5a6c", "#82242b", "#4a5361"],
];

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const number = (value: number) => value.toLocaleString("en", { notation: "compact", maximumSignificantDigits: 4 });

/** Panels side by side over the same vertical axis, as SVG: a line for each series, its band, and a legend. */
export function plotCurves(title: string, yLabel: string, panels: readonly PlotPanel[]): string {
  const width = panels.length * PANEL.width + LEGEND;
  const names = [...new Set(panels.flatMap(({ series }) => series.map(({ name }) => name)))];
  const height = 40 + Math.max(PANEL.height, PANEL.top + 20 * names.length);
  const colorOf = (name: string) => COLORS[names.indexOf(name) % COLORS.length]!;
  const points = panels.flatMap(({ series }) => series.flatMap((s) => s.points));
  const y = scaleLinear()
    .domain([Math.min(0, ...points.map(({ low }) => low)), Math.max(...points.map(({ high }) => high))])
    .nice()
    .range([PANEL.height - PANEL.bottom, PANEL.top]);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans, sans-serif" font-size="12" fill="#1c2330">
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="20" y="28" font-size="17" font-weight="bold">${escaped(title)}</text>
<g transform="translate(0 40)">
${panels.map((panel, i) => `<g transform="translate(${i * PANEL.width} 0)">${drawPanel(panel, y, yLabel, colorOf)}</g>`).join("\n")}
${names
  .map((name, i) => {
    const [x, row] = [panels.length * PANEL.width + 8, PANEL.top + 8 + 20 * i];
    return `<line x1="${x}" x2="${x + 18}" y1="${row}" y2="${row}" stroke="${colorOf(name)}" stroke-width="3"/><text x="${x + 26}" y="${row + 4}">${escaped(name)}</text>`;
  })
  .join("\n")}
</g>
</svg>
`;
}

function drawPanel(
  { title, xLabel, logarithmic = false, series }: PlotPanel,
  y: (value: number) => number,
  yLabel: string,
  colorOf: (name: string) => string,
): string {
  const scaleY = y as ReturnType<typeof scaleLinear>;
  const [left, right, bottom] = [PANEL.left, PANEL.width - PANEL.right, PANEL.height - PANEL.bottom];
  const xs = series.flatMap(({ points }) => points.map((point) => point.x));
  const isLogarithmic = logarithmic && xs.length > 0;
  const x = (isLogarithmic ? scaleLog() : scaleLinear())
    .domain([isLogarithmic ? Math.min(...xs) : 0, Math.max(...xs, 0)])
    .range([left, right]);
  const isShown = (tick: number) => !isLogarithmic || /^[125]0*$/.test(String(tick));
  const quiet = 'fill="#69748a" font-size="11"';
  const bands = area<CurvePoint>(
    (point) => x(point.x),
    (point) => y(point.low),
    (point) => y(point.high),
  );
  const means = line<CurvePoint>(
    (point) => x(point.x),
    (point) => y(point.mean),
  );
  return [
    `<text x="${left}" y="${PANEL.top - 16}" font-weight="bold">${escaped(title)}</text>`,
    ...scaleY
      .ticks(6)
      .map(
        (tick) =>
          `<line x1="${left}" x2="${right}" y1="${y(tick)}" y2="${y(tick)}" stroke="#e2e5ea"/><text x="${left - 8}" y="${y(tick) + 4}" text-anchor="end" ${quiet}>${number(tick)}</text>`,
      ),
    ...x
      .ticks(6)
      .filter(isShown)
      .map((tick) => `<text x="${x(tick)}" y="${bottom + 18}" text-anchor="middle" ${quiet}>${number(tick)}</text>`),
    `<text x="${(left + right) / 2}" y="${bottom + 36}" text-anchor="middle" ${quiet}>${escaped(xLabel)}</text>`,
    `<text transform="translate(16 ${(PANEL.top + bottom) / 2}) rotate(-90)" text-anchor="middle" ${quiet}>${escaped(yLabel)}</text>`,
    ...series.map(
      ({ name, points }) => `<path d="${bands([...points])}" fill="${colorOf(name)}" fill-opacity="0.15"/>`,
    ),
    ...series.map(
      ({ name, points }) => `<path d="${means([...points])}" fill="none" stroke="${colorOf(name)}" stroke-width="2"/>`,
    ),
  ].join("\n");
}
