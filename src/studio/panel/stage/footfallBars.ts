export interface Bar {
  /** Row of the diagram. */
  readonly foot: number;
  /** Seconds before now, from > to. */
  readonly from: number;
  readonly to: number;
}

/** When each foot was on the ground in the last `span` seconds. */
export function footfallBars(contacts: readonly (readonly number[])[], seconds: number, span: number): Bar[] {
  return contacts.flatMap((times, foot) => {
    const bars: Bar[] = [];
    for (let i = 0; i < times.length; i += 2) {
      const to = Math.max(0, seconds - (times[i + 1] ?? seconds));
      const from = Math.min(span, seconds - times[i]!);
      if (from > to) bars.push({ foot, from, to });
    }
    return bars;
  });
}
