import { mean } from "./statistics.js";

/** The return of one run over its steps and over its time; all arrays alike long. */
export interface Curve {
  readonly steps: readonly number[];
  readonly seconds: readonly number[];
  readonly returns: readonly number[];
}

/** Where the runs of one trainer are together at one place of the horizontal axis. */
export interface CurvePoint {
  readonly x: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const POINTS = 100;

/**
 * Mean, lowest and highest of some runs on common places, from where all have begun to where the first one ends.
 * Between its records a run is on the line between them.
 */
export function joinCurves(curves: readonly Curve[], axis: "steps" | "seconds"): CurvePoint[] {
  const begun = Math.max(...curves.map((curve) => curve[axis][0] ?? Number.POSITIVE_INFINITY));
  const end = Math.min(...curves.map((curve) => curve[axis].at(-1) ?? 0));
  if (!(end > begun)) return [];
  return Array.from({ length: POINTS }, (_, i) => {
    const x = begun + ((end - begun) * i) / (POINTS - 1);
    const returns = curves.map((curve) => interpolate(curve[axis], curve.returns, x));
    return { x, mean: mean(returns), low: Math.min(...returns), high: Math.max(...returns) };
  });
}

/** y at `x` on the line through the points, whose xs rise. */
export function interpolate(xs: readonly number[], ys: readonly number[], x: number): number {
  const after = xs.findIndex((value) => value >= x);
  if (after <= 0) return after === 0 ? ys[0]! : ys.at(-1)!;
  const [x0, x1] = [xs[after - 1]!, xs[after]!];
  return ys[after - 1]! + ((ys[after]! - ys[after - 1]!) * (x - x0)) / (x1 - x0);
}
