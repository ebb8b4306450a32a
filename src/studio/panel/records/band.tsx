import { memo } from "react";
import type { StudioClient } from "../../client.js";
import { bandShape } from "./bandShape.js";
import { useRecordPulse } from "./recordPulse.js";
import { tableOf } from "./runTable.js";

const RECORDS = 120;
const WIDTH = 240;
const HEIGHT = 28;

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
  useRecordPulse(client);
  const values = run === null ? [] : tableOf(client, run).tag(tag).slice(-RECORDS);
  const { area, line, zero } = bandShape(values, RECORDS, WIDTH, HEIGHT);
  return (
    <svg className="lw-band" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" data-series={colour % 8}>
      <title>{label}</title>
      <path className="lw-zero" d={`M0 ${zero}H${WIDTH}`} />
      <path className="lw-area" d={area} />
      <path className="lw-line" d={line} />
    </svg>
  );
});
