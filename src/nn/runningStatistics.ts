import type { FrozenNormalizer } from "../policy/network.js";

/** Number of rows seen, their mean and Σ (x − mean)², per element. */
export interface RunningStatisticsState {
  readonly count: number;
  readonly mean: Float64Array;
  readonly squares: Float64Array;
}

/**
 * Mean and variance of each element over all rows seen so far, in double precision. Batches are joined by the parallel
 * formula of Chan, Golub and LeVeque 1983, so that workers can count apart and merge.
 *
 * Until the first row, the mean is 0 and the standard deviation 1.
 */
export class RunningStatistics {
  private count = 0;
  /** `[size]` */
  readonly mean: Float64Array;
  private readonly squares: Float64Array;
  private readonly batchMean: Float64Array;
  private readonly batchSquares: Float64Array;
  /** Single-precision copies for use, as they will be in the exported policy; null where out of date. */
  private frozen: { readonly mean: Float32Array; readonly std: Float32Array } | null = null;

  /** @param epsilon added to the variance, so that an element that never changes does not divide by 0 */
  constructor(
    readonly size: number,
    private readonly epsilon = 1e-8,
  ) {
    this.mean = new Float64Array(size);
    this.squares = new Float64Array(size);
    this.batchMean = new Float64Array(size);
    this.batchSquares = new Float64Array(size);
  }

  /** Statistics that go on from a state. */
  static from(state: RunningStatisticsState): RunningStatistics {
    const statistics = new RunningStatistics(state.mean.length);
    statistics.restore(state);
    return statistics;
  }

  /** √(variance + ε) of one element. */
  std(element: number): number {
    return this.count === 0 ? 1 : Math.sqrt((this.squares[element] as number) / this.count + this.epsilon);
  }

  /** Takes in the first `count` rows of `rows`, `[count, size]`. */
  update(rows: Float32Array | Float64Array, count: number): void {
    const { size, batchMean, batchSquares } = this;
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let i = j; i < count * size; i += size) sum += rows[i] as number;
      const mean = sum / count;
      let squares = 0;
      for (let i = j; i < count * size; i += size) squares += ((rows[i] as number) - mean) ** 2;
      batchMean[j] = mean;
      batchSquares[j] = squares;
    }
    this.join(count, batchMean, batchSquares);
  }

  /** Takes in the rows that another one has seen. */
  merge({ count, mean, squares }: RunningStatisticsState): void {
    this.join(count, mean, squares);
  }

  /** clip((x − mean) / std, ±clip) of the first `count` rows of `rows`, `[count, size]`. */
  normalizeInto(rows: Float32Array, count: number, out: Float32Array, clip: number): void {
    const { mean, std } = this.singlePrecision();
    for (let row = 0, i = 0; row < count; row++) {
      for (let j = 0; j < this.size; j++, i++) {
        const z = (rows[i]! - mean[j]!) / std[j]!;
        out[i] = z > clip ? clip : z < -clip ? -clip : z;
      }
    }
  }

  /** What {@link normalizeInto} does now, as plain data. */
  freeze(clip: number): FrozenNormalizer {
    const { mean, std } = this.singlePrecision();
    return { mean: mean.slice(), std: std.slice(), clip };
  }

  state(): RunningStatisticsState {
    return { count: this.count, mean: this.mean.slice(), squares: this.squares.slice() };
  }

  restore({ count, mean, squares }: RunningStatisticsState): void {
    this.count = count;
    this.mean.set(mean);
    this.squares.set(squares);
    this.frozen = null;
  }

  private join(otherCount: number, otherMean: Float64Array, otherSquares: Float64Array): void {
    if (otherCount === 0) return;
    const count = this.count + otherCount;
    for (let j = 0; j < this.size; j++) {
      const mean = this.mean[j] as number;
      const delta = (otherMean[j] as number) - mean;
      // With n = n_A + n_B and δ = mean_B − mean_A: mean = mean_A + δ n_B / n, S = S_A + S_B + δ² n_A n_B / n
      this.mean[j] = mean + (delta * otherCount) / count;
      const between = (delta * delta * this.count * otherCount) / count;
      this.squares[j] = (this.squares[j] as number) + (otherSquares[j] as number) + between;
    }
    this.count = count;
    this.frozen = null;
  }

  private singlePrecision(): { readonly mean: Float32Array; readonly std: Float32Array } {
    this.frozen ??= { mean: Float32Array.from(this.mean), std: Float32Array.from(this.mean, (_, j) => this.std(j)) };
    return this.frozen;
  }
}
