import type { Random } from "../../random.js";
import type { Search, SearchStart, SearchState } from "./search.js";

export interface GaussianSearchOptions extends SearchStart {
  /** Candidates of a generation. */
  readonly population: number;
  /** What each candidate counts by its score; not negative, not all 0, of any sum. */
  weigh(scores: readonly number[]): readonly number[];
  /**
   * Standard deviation that is added, as a variance, to that of every component, so that the search does not end too
   * soon. @param generation 0, 1, 2 …
   */
  extraStd(generation: number): number;
  readonly random: Random;
}

/**
 * A Gaussian with a deviation for each component, fitted to its own weighted samples: the weighted maximum-likelihood
 * estimate (Deisenroth et al. 2013, equations 2.36 and 2.37). The weights make it CEM, RWR or REPS.
 */
export class GaussianSearch implements Search {
  readonly mean: Float64Array;
  private readonly std: Float64Array;
  private generation = 0;
  private candidates: readonly Float64Array[] = [];

  constructor(private readonly options: GaussianSearchOptions) {
    this.mean = options.mean.slice();
    this.std = new Float64Array(options.mean.length).fill(options.std);
  }

  get deviation(): number {
    return Math.sqrt(this.std.reduce((sum, std) => sum + std * std, 0) / this.std.length);
  }

  ask(): readonly Float64Array[] {
    const { population, random } = this.options;
    this.candidates = Array.from({ length: population }, () =>
      this.mean.map((mean, i) => mean + this.std[i]! * random.normal()),
    );
    return this.candidates;
  }

  tell(scores: readonly number[]): void {
    const { candidates } = this;
    const weights = this.options.weigh(scores);
    const total = weights.reduce((sum, w) => sum + w, 0);
    const squares = weights.reduce((sum, w) => sum + w * w, 0);
    // Z = ((Σw)² − Σw²) / Σw makes the variance unbiased; a single candidate says nothing of it.
    const unbiased = (total * total - squares) / total;
    const extra = this.options.extraStd(this.generation) ** 2;
    for (let i = 0; i < this.mean.length; i++) {
      let mean = 0;
      for (let k = 0; k < weights.length; k++) mean += (weights[k]! / total) * candidates[k]![i]!;
      let variance = 0;
      for (let k = 0; k < weights.length; k++) variance += weights[k]! * (candidates[k]![i]! - mean) ** 2;
      this.mean[i] = mean;
      this.std[i] = Math.sqrt((unbiased > 1e-12 ? variance / unbiased : 0) + extra);
    }
    this.generation++;
  }

  state(): SearchState {
    return { mean: this.mean.slice(), std: this.std.slice(), generation: Float64Array.of(this.generation) };
  }

  restore({ mean, std, generation }: SearchState): void {
    this.mean.set(mean!);
    this.std.set(std!);
    this.generation = generation![0]!;
  }
}
