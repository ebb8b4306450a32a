/** The whole state of a {@link Random}: four unsigned 32-bit words and the spare normal deviate, if any. */
export interface RandomState {
  readonly words: readonly [number, number, number, number];
  readonly spareNormal: number | null;
}

/**
 * Seeded random numbers: xoshiro128** (Blackman and Vigna 2021, "Scrambled Linear Pseudorandom Number Generators"),
 * seeded through SplitMix32. Same seed, same numbers, on every machine.
 *
 * Randomness is an argument everywhere in Legwork: take a generator, and `split` it for each environment and purpose.
 */
export class Random {
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 0;
  private spareNormal = 0;
  private hasSpareNormal = false;

  /** @param seed any finite number; only its integer part modulo 2³² counts. */
  constructor(seed: number) {
    let state = seed >>> 0;
    const next = () => {
      state = (state + 0x9e3779b9) >>> 0;
      let z = state;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      return (z ^ (z >>> 15)) >>> 0;
    };
    this.a = next();
    this.b = next();
    this.c = next();
    this.d = next() | 1; // the all-zero state is the one fixed point of the generator
  }

  /** Uniform integer in [0, 2³²). */
  nextUint32(): number {
    const result = Math.imul(rotateLeft(Math.imul(this.b, 5), 7), 9) >>> 0;
    const t = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= t;
    this.d = rotateLeft(this.d, 11);
    return result;
  }

  /** Uniform in [low, high); [0, 1) without arguments. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * (this.nextUint32() / 4294967296);
  }

  /** Standard normal deviate by the polar method (Marsaglia and Bray 1964). */
  normal(): number {
    if (this.hasSpareNormal) {
      this.hasSpareNormal = false;
      return this.spareNormal;
    }
    for (;;) {
      const u = this.uniform(-1, 1);
      const v = this.uniform(-1, 1);
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const scale = Math.sqrt((-2 * Math.log(s)) / s);
        this.spareNormal = v * scale;
        this.hasSpareNormal = true;
        return u * scale;
      }
    }
  }

  /** Uniform integer in [0, count). */
  integer(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** Shuffles the first `count` entries in place (Fisher and Yates). */
  shuffle(values: Int32Array | Uint32Array, count = values.length): void {
    for (let i = count - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const swap = values[i] as number;
      values[i] = values[j] as number;
      values[j] = swap;
    }
  }

  /** A generator of its own, whose numbers do not depend on how many this one gives afterwards. */
  split(): Random {
    return new Random(this.nextUint32());
  }

  getState(): RandomState {
    const words = [this.a >>> 0, this.b >>> 0, this.c >>> 0, this.d >>> 0] as const;
    return { words, spareNormal: this.hasSpareNormal ? this.spareNormal : null };
  }

  setState(state: RandomState): void {
    [this.a, this.b, this.c, this.d] = state.words;
    this.hasSpareNormal = state.spareNormal !== null;
    this.spareNormal = state.spareNormal ?? 0;
  }
}

function rotateLeft(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}
