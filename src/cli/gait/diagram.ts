import { type Gait, withoutChatter } from "../../task/gait/analysis.js";
import type { GaitRecording } from "../../task/gait/recording.js";

/** Seconds of footfalls that are shown. */
const SHOWN = 4;
const WIDTH = 960;
const MARGIN = 24;
const LABEL = 150;
const ROW = 26;
const CURVE = { width: 144, height: 84, gap: 12 } as const;
const COLORS = ["#2f6fde", "#dd6b12", "#12946b", "#a444c8", "#c0940a", "#0f93b0"];

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const text = (x: number, y: number, content: string, more = "") =>
  `<text x="${x}" y="${y}" ${more}>${escaped(content)}</text>`;

/**
 * The gait report as a picture (SVG): when each foot is on the ground (bars over time), the figures of the gait, and each
 * joint's mean angle over the stride of the first foot.
 */
export function gaitDiagram(title: string, recording: GaitRecording, gait: Gait): string {
  const { feet } = recording;
  const top = MARGIN + 44;
  const footfallHeight = feet.length * ROW;
  const figures = figureRows(gait);
  const figuresTop = top + footfallHeight + 56;
  const curvesTop = figuresTop + Math.ceil(figures.length / 4) * 40 + 30;
  const names = Object.keys(gait.jointCurves);
  const columns = Math.floor((WIDTH - 2 * MARGIN + CURVE.gap) / (CURVE.width + CURVE.gap));
  const height =
    curvesTop + (names.length > 0 ? 20 + Math.ceil(names.length / columns) * (CURVE.height + 30) : 0) + MARGIN;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="DejaVu Sans, sans-serif" font-size="13" fill="#1c2330">
<rect width="100%" height="100%" fill="#ffffff"/>
${text(MARGIN, MARGIN + 12, title, 'font-size="18" font-weight="bold"')}
${footfalls(recording, top)}
${figures
  .map(([label, value], i) => {
    const x = MARGIN + (i % 4) * ((WIDTH - 2 * MARGIN) / 4);
    const y = figuresTop + Math.floor(i / 4) * 40;
    return text(x, y, label, 'fill="#69748a" font-size="11"') + text(x, y + 17, value, 'font-size="15"');
  })
  .join("\n")}
${names.length > 0 ? text(MARGIN, curvesTop, "Joint angles over the stride, degrees", 'fill="#69748a" font-size="11"') : ""}
${names
  .map((name, i) => {
    const x = MARGIN + (i % columns) * (CURVE.width + CURVE.gap);
    const y = curvesTop + 14 + Math.floor(i / columns) * (CURVE.height + 30);
    return jointCurve(name, gait.jointCurves[name]!, x, y);
  })
  .join("\n")}
</svg>
`;
}

function footfalls({ feet, contacts, dt, steps }: GaitRecording, top: number): string {
  const shown = Math.min(steps, Math.round(SHOWN / dt));
  // The end of the recording: by then it has got going.
  const begin = steps - shown;
  const scale = (WIDTH - 2 * MARGIN - LABEL) / SHOWN;
  const left = MARGIN + LABEL;
  const bottom = top + feet.length * ROW;
  const parts: string[] = [];
  feet.forEach((name, foot) => {
    const y = top + foot * ROW;
    const down = withoutChatter(
      Uint8Array.from({ length: shown }, (_, i) => contacts[(begin + i) * feet.length + foot]!),
      dt,
    );
    parts.push(text(left - 10, y + 17, name, 'text-anchor="end"'));
    parts.push(`<rect x="${left}" y="${y + 3}" width="${SHOWN * scale}" height="${ROW - 6}" fill="#eceef2"/>`);
    let start = -1;
    for (let i = 0; i <= shown; i++) {
      const isDown = i < shown && down[i] === 1;
      if (isDown && start < 0) start = i;
      if (isDown || start < 0) continue;
      const x = left + start * dt * scale;
      const color = COLORS[foot % COLORS.length];
      parts.push(
        `<rect x="${x.toFixed(1)}" y="${y + 3}" width="${((i - start) * dt * scale).toFixed(1)}" height="${ROW - 6}" fill="${color}"/>`,
      );
      start = -1;
    }
  });
  for (let second = 0; second <= SHOWN; second++) {
    const x = left + second * scale;
    parts.push(`<line x1="${x}" y1="${top}" x2="${x}" y2="${bottom}" stroke="#ffffff" stroke-width="1"/>`);
    parts.push(
      text(
        x,
        bottom + 16,
        `${(begin * dt + second).toFixed(0)} s`,
        'text-anchor="middle" fill="#69748a" font-size="11"',
      ),
    );
  }
  return parts.join("\n");
}

function jointCurve(name: string, values: readonly number[], x: number, y: number): string {
  const degrees = values.map((value) => (value * 180) / Math.PI);
  const low = Math.min(...degrees);
  const high = Math.max(...degrees);
  // At least twenty degrees high, so that a joint that keeps still looks still.
  const span = Math.max(20, high - low);
  const middle = (low + high) / 2;
  const points = degrees.map((value, i) => {
    const px = x + (i / (degrees.length - 1)) * CURVE.width;
    const py = y + CURVE.height / 2 - ((value - middle) / span) * (CURVE.height - 12);
    return `${px.toFixed(1)},${py.toFixed(1)}`;
  });
  return `<rect x="${x}" y="${y}" width="${CURVE.width}" height="${CURVE.height}" fill="#f4f5f7"/>
<polyline points="${points.join(" ")}" fill="none" stroke="#2f6fde" stroke-width="2"/>
${text(x, y + CURVE.height + 14, `${name}  ${low.toFixed(0)} … ${high.toFixed(0)}`, 'font-size="10" fill="#69748a"')}`;
}

/** The figures of a gait as people read them. */
export function figureRows(gait: Gait): [label: string, value: string][] {
  const number = (value: number | null, digits = 2, unit = "") =>
    value === null ? "–" : `${value.toFixed(digits)}${unit}`;
  const percent = (value: number) => `${(100 * value).toFixed(0)} %`;
  return [
    ["Speed over the ground", number(gait.speed, 2, " m/s")],
    ["Forward, to the right", `${number(gait.forwardSpeed)}, ${number(gait.sidewaysSpeed)} m/s`],
    ["Strides per second", number(gait.strideFrequency)],
    ["Length of a stride", number(gait.strideLength, 2, " m")],
    ["Touchdowns per second", number(gait.touchdownsPerSecond)],
    ["No foot on the ground", percent(gait.flightFraction)],
    ["More than half of the feet", percent(gait.supportFraction)],
    ["Froude number", number(gait.froude)],
    ["Cost of transport", number(gait.costOfTransport)],
    ["Height of the root", percent(gait.heightRatio)],
    ["Duty asymmetry", gait.dutyAsymmetry === null ? "–" : percent(gait.dutyAsymmetry)],
    ...gait.feet.map(({ name, dutyFactor, phase, phaseLock }): [string, string] => [
      name,
      `duty ${number(dutyFactor)}, phase ${number(phase)} (lock ${number(phaseLock)})`,
    ]),
  ];
}
