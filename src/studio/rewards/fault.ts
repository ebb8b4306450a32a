/** What is wrong with the code of a reward term. */
export interface RewardFault {
  readonly term: string;
  readonly message: string;
  /** Counted from 1; null: of no line in particular. */
  readonly line: number | null;
}
