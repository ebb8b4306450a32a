import type { EnvironmentParameters } from "../agent/environmentParameters.js";
import type { RewardBook } from "../agent/rewardBook.js";
import type { BodySpec } from "../body/spec.js";
import { type RewardSettings, resolveRewards, type WeightedTerm } from "./resolve.js";
import { guarded } from "./rewards/code.js";
import type { RewardTerm, TaskDefinition, TaskState } from "./task.js";

/** The reward terms of one agent, with the weights that they have in this episode. */
export class RewardTerms {
  private readonly resolved: readonly WeightedTerm[];
  // Side by side for the loop of every step: the terms, their numbers in the book, their weights.
  private readonly terms: readonly RewardTerm[];
  private readonly numbers: Uint16Array;
  private readonly weights: Float64Array;

  /** @throws InputError when the settings do not fit the task */
  constructor(
    task: TaskDefinition,
    body: BodySpec,
    private readonly book: RewardBook,
    settings?: RewardSettings,
  ) {
    this.resolved = resolveRewards(task, body, settings).filter(({ weight }) => weight !== 0);
    this.terms = this.resolved.map(({ name, term, fallible }) => (fallible ? guarded(name, term, book) : term));
    this.numbers = Uint16Array.from(this.resolved, ({ name }) => book.term(name));
    this.weights = Float64Array.from(this.resolved, ({ weight }) => weight);
  }

  /** Takes over the parameters that weights are scaled by. */
  scale(parameters: EnvironmentParameters): void {
    this.resolved.forEach(({ weight, scaledBy }, i) => {
      if (scaledBy) this.weights[i] = weight * parameters.getWithDefault(scaledBy, 1);
    });
  }

  /** Notes weight × term of each for a control step. */
  add(state: TaskState): void {
    const { terms, numbers, weights, book } = this;
    for (let i = 0; i < terms.length; i++) book.addTo(numbers[i]!, weights[i]! * terms[i]!(state));
  }
}
