export interface BandShape {
  /** Paths of an SVG. */
  readonly area: string;
  readonly line: string;
  /** Height of the zero line. */
  readonly zero: number;
}

/** A curve between zero and its values; it fills up from the left until `room` values are there. */
export function bandShape(values: ArrayLike<number>, room: number, width: number, height: number): BandShape {
  let low = 0;
  let high = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! < low) low = values[i]!;
    if (values[i]! > high) high = values[i]!;
  }
  const margin = 1.5;
  const scale = (height - 2 * margin) / (high - low || 1);
  const y = (value: number) => round(high === low ? height - margin : margin + (high - value) * scale);
  const zero = y(0);
  let line = "";
  let from = 0;
  let to = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    to = round((i * width) / Math.max(1, room - 1));
    if (!line) from = to;
    line += `${line ? "L" : "M"}${to} ${y(values[i]!)}`;
  }
  return { line, area: line && `${line}L${to} ${zero}L${from} ${zero}Z`, zero };
}

const round = (value: number) => Math.round(value * 10) / 10;
