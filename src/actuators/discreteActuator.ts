import type { ActionSpec } from "../policy/policy.js";
import type { Actuator } from "./actuator.js";

/** A named choice: what the branch is called, and how many options it has. */
export interface Branch {
  readonly name: string;
  readonly options: number;
}

/** Hands the chosen option of each branch to a function; the buffer is reused, copy what you keep. */
export class DiscreteActuator implements Actuator {
  readonly actionSpec: ActionSpec;
  readonly actionNames: readonly string[];
  private readonly choices: Int32Array;

  constructor(
    branches: readonly Branch[],
    private readonly onChoices: (choices: Int32Array) => void,
    readonly name = "choices",
  ) {
    this.actionSpec = { continuous: 0, discrete: branches.map(({ options }) => options) };
    this.actionNames = branches.map((branch) => branch.name);
    this.choices = new Int32Array(branches.length);
  }

  apply(actions: Float32Array, _continuousOffset: number, discreteOffset: number): void {
    for (let i = 0; i < this.choices.length; i++) this.choices[i] = actions[discreteOffset + i]!;
    this.onChoices(this.choices);
  }
}
