import type { Random } from "../random.js";

/**
 * Orthogonal weights (Saxe et al. 2014, "Exact solutions to the nonlinear dynamics of learning in deep linear neural
 * networks"): the rows, or the columns where there are fewer of them, are orthogonal and `gain` long. Drawn evenly from
 * all such matrices: normal deviates, made orthogonal one after the other (Gram and Schmidt).
 *
 * @returns `[rows, columns]`, row-major
 */
export function orthogonal(random: Random, rows: number, columns: number, gain: number): Float32Array {
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, () => random.normal());
    // Twice is enough: the second pass removes what rounding left of the first.
    for (let pass = 0; pass < 2; pass++) for (const other of vectors) subtractProjection(vector, other);
    scale(vector, 1 / Math.sqrt(dot(vector, vector)));
    vectors.push(vector);
  }

  const weights = new Float32Array(rows * columns);
  const [vectorStride, elementStride] = rows <= columns ? [columns, 1] : [1, columns];
  vectors.forEach((vector, v) => {
    vector.forEach((value, i) => {
      weights[v * vectorStride + i * elementStride] = gain * value;
    });
  });
  return weights;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function scale(a: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) * factor;
}

/** a ← a − (a·unit) unit */
function subtractProjection(a: Float64Array, unit: Float64Array): void {
  const projection = dot(a, unit);
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) - projection * (unit[i] as number);
}
