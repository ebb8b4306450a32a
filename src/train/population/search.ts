/**
 * A distribution over parameter vectors θ ∈ ℝⁿ that moves to where they score well: the black-box view of policy search
 * (Deisenroth, Neumann and Peters 2013, "A Survey on Policy Search for Robotics", section 2.4).
 */
export interface Search {
  /** The middle of the distribution, `[n]`: the policy that has been learnt. */
  readonly mean: Float64Array;
  /** Root mean square of the standard deviations of the components. */
  readonly deviation: number;
  /** Draws the candidates of the next generation, `[n]` each. */
  ask(): readonly Float64Array[];
  /** @param scores of the candidates asked for last, in their order; more is better */
  tell(scores: readonly number[]): void;
  /** Everything between two generations, by name. */
  state(): SearchState;
  restore(state: SearchState): void;
}

export type SearchState = Readonly<Record<string, Float64Array>>;

/** Where a search begins. */
export interface SearchStart {
  /** `[n]` */
  readonly mean: Float64Array;
  /** Standard deviation of every component. */
  readonly std: number;
}
