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
  /** In an array of integers, for a number beyond 2³¹ in a field is a slow thing. */
  private readonly words = new Int32Array(4);
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
    for (let i = 0; i < 4; i++) this.words[i] = next();
    this.words[3]! |= 1; // the all-zero state is the one fixed point of the generator
  }

  /** Uniform integer in [0, 2³²). */
  nextUint32(): number {
    const { words } = this;
    const b = words[1]!;
    const c = words[2]! ^ words[0]!;
    const d = words[3]! ^ b;
    words[0]! ^= d;
    words[1] = b ^ c;
    words[2] = c ^ (b << 9);
    words[3] = rotateLeft(d, 11);
    return Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
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
    const words = [...Uint32Array.from(this.words)] as unknown as RandomState["words"];
    return { words, spareNormal: this.hasSpareNormal ? this.spareNormal : null };
  }

  setState(state: RandomState): void {
    this.words.set(state.words);
    this.hasSpareNormal = state.spareNormal !== null;
    this.spareNormal = state.spareNormal ?? 0;
  }
}

function rotateLeft(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}
