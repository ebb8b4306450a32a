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
  private readonly terms: RewardSums[] = [];
  private readonly byName = new Map<string, RewardSums>();

  /** Sums since the episode began, by name. */
  get episodeTerms(): Readonly<Record<string, number>> {
    const sums: Record<string, number> = {};
    for (const { name, episode } of this.terms) sums[name] = episode;
    return sums;
  }

  /** @throws InputError when the value is not a finite number: one NaN would spoil a whole training run. */
  add(name: string, value: number): void {
    this.addTo(this.term(name), value);
  }

  /** `add` for those who ask for the term once and keep it. */
  addTo(term: RewardSums, value: number): void {
    if (!Number.isFinite(value)) throw new InputError(`Reward "${term.name}" is ${value}; it must be a finite number.`);
    this.sinceDecision += value;
    this.episode += value;
    term.sinceDecision += value;
    term.episode += value;
  }

  /** The sums under that name, from now on among the book's terms. */
  term(name: string): RewardSums {
    let term = this.byName.get(name);
    if (!term) {
      term = { name, sinceDecision: 0, episode: 0 };
      this.terms.push(term);
      this.byName.set(name, term);
    }
    return term;
  }

  /** Takes back what was added since the last decision and notes `value`, under the name `reward`, instead. */
  replace(value: number): void {
    for (const term of this.terms) {
      term.episode -= term.sinceDecision;
      term.sinceDecision = 0;
    }
    this.episode -= this.sinceDecision;
    this.sinceDecision = 0;
    this.add("reward", value);
  }

  beginDecision(): void {
    this.sinceDecision = 0;
    for (const term of this.terms) term.sinceDecision = 0;
  }

  beginEpisode(): void {
    this.beginDecision();
    this.episode = 0;
    this.faults.length = 0;
    for (const term of this.terms) term.episode = 0;
  }
}

/** What has been added under one name. */
export interface RewardSums {
  readonly name: string;
  sinceDecision: number;
  episode: number;
}
