/** The runs beside the open one in the plots, each in a place of its own that keeps its colour; null: free. */
export type Comparison = readonly (string | null)[];

/** A run of the plots with the number of its colour. */
export interface ShownRun {
  readonly id: string;
  readonly colour: number;
}

/** Puts a run beside the others, or takes it away; the others keep their colours. */
export function toggleRun(comparison: Comparison, run: string): Comparison {
  if (comparison.includes(run)) return comparison.map((id) => (id === run ? null : id));
  const free = comparison.indexOf(null);
  return free < 0 ? [...comparison, run] : comparison.with(free, run);
}

/** The open run has colour 0 and comes last, over the others. Those that no longer exist are left out. */
export function shownRuns(open: string | null, comparison: Comparison, existing: ReadonlySet<string>): ShownRun[] {
  const others = comparison.flatMap((id, place) =>
    id !== null && id !== open && existing.has(id) ? [{ id, colour: place + 1 }] : [],
  );
  return open === null ? others : [...others, { id: open, colour: 0 }];
}
