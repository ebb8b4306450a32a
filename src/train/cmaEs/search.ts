import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { dot } from "../../nn/dot.js";
import type { Random } from "../../random.js";
import type { Search, SearchStart, SearchState } from "../population/search.js";

export interface CmaEsOptions extends SearchStart {
  /** Candidates of a generation, λ; null: 4 + ⌊3 log n⌋. */
  readonly population: number | null;
  /** `full`: all covariances, O(n²) numbers; `diagonal`: the variances only (Ros and Hansen 2008, sep-CMA-ES). */
  readonly covariance: "full" | "diagonal";
  readonly random: Random;
}

/**
 * Covariance matrix adaptation evolution strategy (Hansen 2016, "The CMA Evolution Strategy: A Tutorial", arXiv 1604.00772,
 * figure 6): weighted recombination, cumulative step-size adaptation, rank-one and rank-µ updates of C. Symbols and constants
 * are the tutorial's, without its negative weights. Scores are climbed, where the tutorial descends.
 */
export class CmaEs implements Search {
  readonly mean: Float64Array;
  private readonly n: number;
  private readonly lambda: number;
  private readonly mu: number;
  private readonly weights: Float64Array;
  private readonly muEff: number;
  private readonly cSigma: number;
  private readonly dSigma: number;
  private readonly cC: number;
  private readonly c1: number;
  private readonly cMu: number;
  /** E‖N(0, I)‖ */
  private readonly chiN: number;
  private readonly covariance: Covariance;
  private sigma: number;
  private readonly pSigma: Float64Array;
  private readonly pC: Float64Array;
  private generation = 0;
  /** y_k = B D z_k of the last generation. */
  private steps: readonly Float64Array[] = [];

  constructor(private readonly options: CmaEsOptions) {
    const n = options.mean.length;
    this.n = n;
    this.mean = options.mean.slice();
    this.sigma = options.std;
    this.lambda = options.population ?? 4 + Math.floor(3 * Math.log(n));
    this.mu = Math.floor(this.lambda / 2);
    const raw = Float64Array.from({ length: this.mu }, (_, i) => Math.log((this.lambda + 1) / 2) - Math.log(i + 1));
    const sum = raw.reduce((a, b) => a + b, 0);
    this.weights = raw.map((w) => w / sum);
    this.muEff = 1 / this.weights.reduce((a, w) => a + w * w, 0);
    const { muEff } = this;
    this.cSigma = (muEff + 2) / (n + muEff + 5);
    this.dSigma = 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (n + 1)) - 1) + this.cSigma;
    this.cC = (4 + muEff / n) / (n + 4 + (2 * muEff) / n);
    // A diagonal C has n numbers instead of n²/2: it may learn faster by this factor (Ros and Hansen 2008, section 3).
    const speed = options.covariance === "diagonal" ? (n + 2) / 3 : 1;
    this.c1 = Math.min(1, (speed * 2) / ((n + 1.3) ** 2 + muEff));
    this.cMu = Math.min(1 - this.c1, (speed * 2 * (muEff - 2 + 1 / muEff)) / ((n + 2) ** 2 + muEff));
    this.chiN = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
    this.covariance = options.covariance === "diagonal" ? new DiagonalCovariance(n) : new FullCovariance(n);
    this.pSigma = new Float64Array(n);
    this.pC = new Float64Array(n);
  }

  get deviation(): number {
    return this.sigma * Math.sqrt(this.covariance.meanVariance());
  }

  ask(): readonly Float64Array[] {
    const { random } = this.options;
    this.steps = Array.from({ length: this.lambda }, () =>
      this.covariance.transform(Float64Array.from({ length: this.n }, () => random.normal())),
    );
    return this.steps.map((y) => this.mean.map((m, i) => m + this.sigma * y[i]!));
  }

  tell(scores: readonly number[]): void {
    const { n, mu, weights, muEff, cSigma, cC, c1, cMu, pSigma, pC, sigma } = this;
    this.generation++;
    const order = scores.map((_, k) => k).sort((a, b) => scores[b]! - scores[a]! || a - b);
    const best = order.slice(0, mu).map((k) => this.steps[k]!);
    // ⟨y⟩_w
    const step = new Float64Array(n);
    for (const [i, y] of best.entries()) for (let j = 0; j < n; j++) step[j]! += weights[i]! * y[j]!;
    for (let j = 0; j < n; j++) this.mean[j]! += sigma * step[j]!;
    // p_σ ← (1 − c_σ) p_σ + √(c_σ (2 − c_σ) µ_eff) C^−½ ⟨y⟩_w
    const white = this.covariance.whiten(step);
    const kSigma = Math.sqrt(cSigma * (2 - cSigma) * muEff);
    for (let j = 0; j < n; j++) pSigma[j] = (1 - cSigma) * pSigma[j]! + kSigma * white[j]!;
    const length = Math.sqrt(dot(pSigma, pSigma));
    this.sigma *= Math.exp((cSigma / this.dSigma) * (length / this.chiN - 1));
    // h_σ stalls p_c while σ has still to grow.
    const expected = Math.sqrt(1 - (1 - cSigma) ** (2 * this.generation));
    const h = length / expected < (1.4 + 2 / (n + 1)) * this.chiN ? 1 : 0;
    const kC = h * Math.sqrt(cC * (2 - cC) * muEff);
    for (let j = 0; j < n; j++) pC[j] = (1 - cC) * pC[j]! + kC * step[j]!;
    const lost = (1 - h) * cC * (2 - cC);
    this.covariance.update({ keep: 1 - c1 - cMu + c1 * lost, c1, path: pC, cMu, weights, steps: best });
  }

  state(): SearchState {
    return {
      mean: this.mean.slice(),
      covariance: this.covariance.values.slice(),
      pSigma: this.pSigma.slice(),
      pC: this.pC.slice(),
      scalars: Float64Array.of(this.sigma, this.generation),
    };
  }

  restore({ mean, covariance, pSigma, pC, scalars }: SearchState): void {
    this.mean.set(mean!);
    this.covariance.restore(covariance!);
    this.pSigma.set(pSigma!);
    this.pC.set(pC!);
    this.sigma = scalars![0]!;
    this.generation = scalars![1]!;
  }
}

interface CovarianceUpdate {
  readonly keep: number;
  readonly c1: number;
  /** p_c */
  readonly path: Float64Array;
  readonly cMu: number;
  readonly weights: Float64Array;
  /** y of the best candidates, in their order. */
  readonly steps: readonly Float64Array[];
}

/** C = B D² Bᵀ */
interface Covariance {
  readonly values: Float64Array;
  /** B D z */
  transform(z: Float64Array): Float64Array;
  /** C^−½ y */
  whiten(y: Float64Array): Float64Array;
  /** C ← keep C + c_1 p_c p_cᵀ + c_µ Σ w y yᵀ */
  update(update: CovarianceUpdate): void;
  meanVariance(): number;
  restore(values: Float64Array): void;
}

class DiagonalCovariance implements Covariance {
  readonly values: Float64Array;

  constructor(n: number) {
    this.values = new Float64Array(n).fill(1);
  }

  transform(z: Float64Array): Float64Array {
    return z.map((value, j) => Math.sqrt(this.values[j]!) * value);
  }

  whiten(y: Float64Array): Float64Array {
    return y.map((value, j) => value / Math.sqrt(this.values[j]!));
  }

  update({ keep, c1, path, cMu, weights, steps }: CovarianceUpdate): void {
    for (let j = 0; j < this.values.length; j++) {
      let rankMu = 0;
      for (let i = 0; i < steps.length; i++) rankMu += weights[i]! * steps[i]![j]! ** 2;
      this.values[j] = keep * this.values[j]! + c1 * path[j]! ** 2 + cMu * rankMu;
    }
  }

  meanVariance(): number {
    return this.values.reduce((sum, value) => sum + value, 0) / this.values.length;
  }

  restore(values: Float64Array): void {
    this.values.set(values);
  }
}

class FullCovariance implements Covariance {
  /** `[n, n]` */
  readonly values: Float64Array;
  /** Columns are eigenvectors. */
  private b: Matrix;
  private d: Float64Array;

  constructor(private readonly n: number) {
    this.values = new Float64Array(n * n);
    for (let j = 0; j < n; j++) this.values[j * n + j] = 1;
    this.b = Matrix.eye(n);
    this.d = new Float64Array(n).fill(1);
  }

  transform(z: Float64Array): Float64Array {
    const scaled = z.map((value, j) => this.d[j]! * value);
    return Float64Array.from({ length: this.n }, (_, i) => dot(this.b.getRow(i), scaled));
  }

  whiten(y: Float64Array): Float64Array {
    // B D⁻¹ Bᵀ y
    const rotated = Float64Array.from({ length: this.n }, (_, j) => dot(this.b.getColumn(j), y) / this.d[j]!);
    return Float64Array.from({ length: this.n }, (_, i) => dot(this.b.getRow(i), rotated));
  }

  update({ keep, c1, path, cMu, weights, steps }: CovarianceUpdate): void {
    const { n, values } = this;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let rankMu = 0;
        for (let k = 0; k < steps.length; k++) rankMu += weights[k]! * steps[k]![i]! * steps[k]![j]!;
        const value = keep * values[i * n + j]! + c1 * path[i]! * path[j]! + cMu * rankMu;
        values[i * n + j] = value;
        values[j * n + i] = value;
      }
    }
    this.decompose();
  }

  meanVariance(): number {
    let trace = 0;
    for (let j = 0; j < this.n; j++) trace += this.values[j * this.n + j]!;
    return trace / this.n;
  }

  restore(values: Float64Array): void {
    this.values.set(values);
    this.decompose();
  }

  private decompose(): void {
    const matrix = Matrix.from1DArray(this.n, this.n, this.values);
    const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
    this.b = eigenvectorMatrix;
    // Rounding can leave the smallest ones below 0.
    this.d = Float64Array.from(realEigenvalues, (value) => Math.sqrt(Math.max(value, 1e-20)));
  }
}
