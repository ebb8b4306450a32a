import type { Footfalls } from "../../stage/stageState.js";
import type { Palette } from "../plots/palette.js";
import { footfallBars } from "./footfallBars.js";

const SPAN = 5;
/** Height that the scale of seconds takes, CSS pixels. */
const SCALE = 14;

/** The diagram in the size of its canvas. */
export function drawFootfalls(
  context: CanvasRenderingContext2D,
  { contacts, seconds }: Footfalls,
  palette: Palette,
): void {
  const width = context.canvas.width / devicePixelRatio;
  const height = context.canvas.height / devicePixelRatio;
  const row = (height - SCALE) / Math.max(1, contacts.length);
  const x = (before: number) => width * (1 - before / SPAN);
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  context.clearRect(0, 0, width, height);

  context.font = "10px system-ui, sans-serif";
  context.textBaseline = "bottom";
  for (let before = 0; before <= SPAN; before++) {
    context.fillStyle = palette.grid;
    context.fillRect(Math.min(width - 1, Math.round(x(before))), 0, 1, height - SCALE);
    context.fillStyle = palette.quiet;
    context.textAlign = before === 0 ? "right" : before === SPAN ? "left" : "center";
    context.fillText(before === 0 ? "now" : `−${before} s`, x(before), height);
  }
  for (const { foot, from, to } of footfallBars(contacts, seconds, SPAN)) {
    context.fillStyle = palette.series[foot % 8]!;
    context.beginPath();
    context.roundRect(x(from), foot * row + 3, Math.max(1.5, x(to) - x(from)), row - 6, 2.5);
    context.fill();
  }
}
