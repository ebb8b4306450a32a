import { memo, useContext, useEffect, useRef } from "react";
import type { StudioClient } from "../../client.js";
import { ThemeContext } from "../shared/theme.js";
import { bandShape } from "./bandShape.js";
import { useRecordPulse } from "./recordPulse.js";
import { tableOf } from "./runTable.js";

const RECORDS = 120;
const LINE = 1.5;

export interface BandProps {
  readonly client: StudioClient;
  readonly run: string | null;
  readonly tag: string;
  /** Number of the colour. */
  readonly colour: number;
  /** What it shows, for those who do not see it. */
  readonly label: string;
}

/** The newest records of a tag as a coloured band around zero. */
export const Band = memo(function Band({ client, run, tag, colour, label }: BandProps) {
  const pulse = useRecordPulse(client);
  const theme = useContext(ThemeContext);
  const canvas = useRef<HTMLCanvasElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when there are records, and when colours change
  useEffect(() => {
    if (canvas.current) drawBand(canvas.current, run === null ? [] : tableOf(client, run).tag(tag).slice(-RECORDS));
  }, [client, run, tag, colour, theme, pulse]);

  return (
    <canvas ref={canvas} className="lw-band" data-series={colour % 8} role="img" aria-label={label} title={label} />
  );
});

function drawBand(canvas: HTMLCanvasElement, values: ArrayLike<number>): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  // Small pictures that change all the time: a graphics card, or what stands in for one, has more trouble than use.
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context || width === 0) return;
  canvas.width = width * devicePixelRatio;
  canvas.height = height * devicePixelRatio;
  context.scale(devicePixelRatio, devicePixelRatio);
  const style = getComputedStyle(canvas);
  const { area, line, zero } = bandShape(values, RECORDS, width, height);
  context.strokeStyle = style.getPropertyValue("--edge");
  context.stroke(new Path2D(`M0 ${zero}H${width}`));
  context.fillStyle = context.strokeStyle = style.getPropertyValue("--series");
  context.globalAlpha = 0.34;
  context.fill(new Path2D(area));
  context.globalAlpha = 1;
  context.lineWidth = LINE;
  context.lineJoin = "round";
  context.stroke(new Path2D(line));
}
