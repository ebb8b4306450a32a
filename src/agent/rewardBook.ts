import { InputError } from "../inputError.js";

/** An agent's rewards by name: since the last decision, and since the episode began. */
export class RewardBook {
  /** Sum since the last decision. */
  sinceDecision = 0;
  /** Sum since the episode began. */
  episode = 0;
  /** Sums since the episode began, by name. */
  readonly episodeTerms = new Map<string, number>();
  private readonly decisionTerms = new Map<string, number>();

  /** @throws InputError when the value is not a finite number: one NaN would spoil a whole training run. */
  add(name: string, value: number): void {
    if (!Number.isFinite(value)) throw new InputError(`Reward "${name}" is ${value}; it must be a finite number.`);
    this.sinceDecision += value;
    this.episode += value;
    this.decisionTerms.set(name, (this.decisionTerms.get(name) ?? 0) + value);
    this.episodeTerms.set(name, (this.episodeTerms.get(name) ?? 0) + value);
  }

  /** Takes back what was added since the last decision and notes `value`, under the name `reward`, instead. */
  replace(value: number): void {
    for (const [name, sum] of this.decisionTerms) {
      this.episodeTerms.set(name, this.episodeTerms.get(name)! - sum);
      this.decisionTerms.set(name, 0);
    }
    this.episode -= this.sinceDecision;
    this.sinceDecision = 0;
    this.add("reward", value);
  }

  beginDecision(): void {
    this.sinceDecision = 0;
    for (const name of this.decisionTerms.keys()) this.decisionTerms.set(name, 0);
  }

  beginEpisode(): void {
    this.beginDecision();
    this.episode = 0;
    for (const name of this.episodeTerms.keys()) this.episodeTerms.set(name, 0);
  }
}
