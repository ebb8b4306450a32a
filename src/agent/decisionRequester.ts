import { InputError } from "../inputError.js";

export interface DecisionRequesterOptions {
  /** Steps of the academy from one decision to the next. Default 5. */
  readonly period?: number;
  /** In which of those steps the decision falls, 0 … period − 1; staggers agents. Default 0. */
  readonly offset?: number;
  /** Whether the last action is applied again in the steps between. Default true. */
  readonly takeActionsBetweenDecisions?: boolean;
}

/** Requests decisions at a fixed period, as ML-Agents' component of that name does. */
export class DecisionRequester {
  readonly period: number;
  readonly offset: number;
  readonly takeActionsBetweenDecisions: boolean;

  constructor(options: DecisionRequesterOptions = {}) {
    this.period = options.period ?? 5;
    this.offset = options.offset ?? 0;
    this.takeActionsBetweenDecisions = options.takeActionsBetweenDecisions ?? true;
    if (!Number.isInteger(this.period) || this.period < 1) {
      throw new InputError(`The decision period is ${this.period}, allowed is a whole number from 1.`);
    }
    if (!Number.isInteger(this.offset) || this.offset < 0 || this.offset >= this.period) {
      throw new InputError(`The decision offset is ${this.offset}, allowed is 0 to ${this.period - 1}.`);
    }
  }

  decidesAt(step: number): boolean {
    return step % this.period === this.offset;
  }
}
