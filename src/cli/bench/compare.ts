/** One line of a bench; `ratio` is figure / reference. */
export interface BenchLine {
  readonly name: string;
  /** What was measured of Legwork. */
  readonly figure: number;
  /** The same of what it is compared with; null where that is not installed. */
  readonly reference: number | null;
  readonly ratio: number | null;
  readonly unit: string;
}

/** How long to measure. */
export interface Plan {
  /** Blocks that are run first and not counted: compilers and caches need them. */
  readonly warmUp: number;
  /** Blocks of which the median counts. */
  readonly blocks: number;
}

/** Gives the figure of one short block of work; null where it cannot be had. */
export type Measurement = () => number | null | Promise<number | null>;

/**
 * Measures two things by turns, block by block, so that whatever else the machine does disturbs both alike, and
 * compares the medians.
 */
export async function compareAsync(
  name: string,
  unit: string,
  { warmUp, blocks }: Plan,
  ours: () => number | Promise<number>,
  theirs: Measurement,
): Promise<BenchLine> {
  const figures: number[] = [];
  const references: number[] = [];
  for (let block = -warmUp; block < blocks; block++) {
    const figure = await ours();
    const reference = await theirs();
    if (block < 0) continue;
    figures.push(figure);
    if (reference !== null) references.push(reference);
  }
  const figure = median(figures);
  const reference = references.length > 0 ? median(references) : null;
  return { name, figure, reference, ratio: reference === null ? null : figure / reference, unit };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle) - 1]!) / 2;
}
