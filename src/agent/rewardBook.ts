import { InputError } from "../inputError.js";
import type { RewardFault } from "../task/rewards/code.js";

/** An agent's rewards by name: since the last decision, and since the episode began. */
export class RewardBook {
  /** Sum since the last decision. */
  sinceDecision = 0;
  /** Sum since the episode began. */
  episode = 0;
  /** Terms that have failed since the episode began; they count as 0. */
  readonly faults: RewardFault[] = [];
  private readonly names: string[] = [];
  /** Of each name: the sum since the last decision, then the one since the episode began. */
  private sums = new Float64Array(0);

  /** Sums since the episode began, by name. */
  get episodeTerms(): Readonly<Record<string, number>> {
    const terms: Record<string, number> = {};
    for (let term = 0; term < this.names.length; term++) terms[this.names[term]!] = this.sums[2 * term + 1]!;
    return terms;
  }

  /** @throws InputError when the value is not a finite number: one NaN would spoil a whole training run. */
  add(name: string, value: number): void {
    this.addTo(this.term(name), value);
  }

  /** `add` for those who ask for the number of the term once and keep it. */
  addTo(term: number, value: number): void {
    if (!Number.isFinite(value)) {
      throw new InputError(`Reward "${this.names[term]}" is ${value}; it must be a finite number.`);
    }
    this.sinceDecision += value;
    this.episode += value;
    this.sums[2 * term]! += value;
    this.sums[2 * term + 1]! += value;
  }

  /** The number of that name, from now on among the book's terms. */
  term(name: string): number {
    const known = this.names.indexOf(name);
    if (known >= 0) return known;
    this.names.push(name);
    const longer = new Float64Array(2 * this.names.length);
    longer.set(this.sums);
    this.sums = longer;
    return this.names.length - 1;
  }

  /** Takes back what was added since the last decision and notes `value`, under the name `reward`, instead. */
  replace(value: number): void {
    for (let i = 0; i < this.sums.length; i += 2) {
      this.sums[i + 1]! -= this.sums[i]!;
      this.sums[i] = 0;
    }
    this.episode -= this.sinceDecision;
    this.sinceDecision = 0;
    this.add("reward", value);
  }

  beginDecision(): void {
    this.sinceDecision = 0;
    for (let i = 0; i < this.sums.length; i += 2) this.sums[i] = 0;
  }

  beginEpisode(): void {
    this.sinceDecision = 0;
    this.episode = 0;
    this.faults.length = 0;
    this.sums.fill(0);
  }
}
