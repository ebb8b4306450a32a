export interface Points {
  readonly xs: number[];
  readonly ys: number[];
}

/**
 * At most `most` points of a curve between two places: of each bucket of records its lowest and its highest value, so
 * that no spike is lost. Buckets are powers of two long and start at fixed records: a growing curve does not flicker.
 *
 * @param xs ascending
 * @param ys NaN where there is no value
 */
export function decimate(
  xs: Float64Array,
  ys: Float64Array,
  most: number,
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
): Points {
  // One record more at either side, so that the line leaves the picture instead of ending in it.
  const begin = Math.max(0, firstFrom(xs, from) - 1);
  const end = Math.min(xs.length, firstFrom(xs, to) + 1);
  const points: Points = { xs: [], ys: [] };
  let bucket = 1;
  if (end - begin > most) {
    // Two points per bucket, and two cut buckets at the ends.
    for (bucket = 2; ((end - begin) / bucket + 2) * 2 > most; ) bucket *= 2;
  }

  for (let start = begin - (begin % bucket); start < end; start += bucket) {
    let low = -1;
    let high = -1;
    for (let i = Math.max(begin, start); i < Math.min(end, start + bucket); i++) {
      if (Number.isNaN(ys[i])) continue;
      if (low < 0 || ys[i]! < ys[low]!) low = i;
      if (high < 0 || ys[i]! > ys[high]!) high = i;
    }
    if (low < 0) continue;
    add(points, xs, ys, Math.min(low, high));
    if (low !== high) add(points, xs, ys, Math.max(low, high));
  }
  return points;
}

function add(points: Points, xs: Float64Array, ys: Float64Array, i: number): void {
  points.xs.push(xs[i]!);
  points.ys.push(ys[i]!);
}

/** Index of the first value that is not below `x`. */
export function firstFrom(xs: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = xs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (xs[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
