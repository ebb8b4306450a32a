import { Random } from "../random.js";

/** A figure over several runs, with what is known of its uncertainty. */
export interface Aggregate {
  readonly mean: number;
  /** Interquartile mean: the mean of the middle half, which one lucky or unlucky run does not move. */
  readonly iqm: number;
  /** 95 % percentile bootstrap interval of the interquartile mean. */
  readonly interval: readonly [low: number, high: number];
}

const RESAMPLES = 10_000;

/**
 * As Agarwal et al. 2021 ("Deep Reinforcement Learning at the Edge of the Statistical Precipice") advise where runs are few.
 * The resamples are always the same, so that the same runs give the same interval.
 */
export function aggregate(scores: readonly number[]): Aggregate {
  const random = new Random(1);
  const resampled = Array.from({ length: RESAMPLES }, () =>
    interquartileMean(scores.map(() => scores[Math.floor(random.uniform(0, scores.length))]!)),
  ).sort((a, b) => a - b);
  const quantile = (q: number) => resampled[Math.round(q * (RESAMPLES - 1))]!;
  return { mean: mean(scores), iqm: interquartileMean(scores), interval: [quantile(0.025), quantile(0.975)] };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean of the values between the first and the third quartile; values on the border count in part. */
export function interquartileMean(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [first, last] = [sorted.length / 4, (3 * sorted.length) / 4];
  let sum = 0;
  sorted.forEach((value, i) => {
    sum += value * Math.max(0, Math.min(i + 1, last) - Math.max(i, first));
  });
  return sum / (last - first);
}
