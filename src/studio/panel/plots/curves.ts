import uPlot from "uplot";
import { decimate } from "../records/decimate.js";
import type { PlotBoard } from "./plotBoard.js";

/** Points of one curve at most; a plot is hardly wider in pixels. */
const MOST_POINTS = 600;

/** The curves of a tag, one per run of the board, on a common axis. */
export function curvesOf(board: PlotBoard, tag: string): uPlot.AlignedData {
  const { over, zoom, unit } = board;
  const scale = over === "seconds" ? unit.seconds : 1;
  const curves = board.tables().map(({ table }): [number[], number[]] => {
    const places = over === "seconds" ? table.seconds : table.steps;
    const range = zoom ? ([zoom[0] * scale, zoom[1] * scale] as const) : [];
    const { xs, ys } = decimate(places, table.tag(tag), MOST_POINTS, ...range);
    return [scale === 1 ? xs : xs.map((x) => x / scale), ys];
  });
  if (curves.length === 0) return [[]];
  return curves.length === 1 ? curves[0]! : uPlot.join(curves);
}
