/** How the members of a group add their vectors up; every member gets the same sum, to the last bit. */
export interface Exchange {
  /** Number of members. */
  readonly size: number;
  /**
   * Replaces the vector by the sum of the vectors of all members, who must all call this with as many numbers.
   * Returns at once where a promise is not needed to wait for the others.
   * @throws ExchangeAbortedError when a member has been lost
   */
  sum(vector: Float32Array): void | Promise<void>;
}

/** Thrown to those who wait for a member that will not come. */
export class ExchangeAbortedError extends Error {
  override readonly name = "ExchangeAbortedError";
}

/** A group of one. */
export const ALONE: Exchange = { size: 1, sum: () => {} };
