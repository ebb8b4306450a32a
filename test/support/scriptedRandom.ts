import { Random } from "../../src/random.js";

/** Normal deviates in an order that is given beforehand. */
export class ScriptedRandom extends Random {
  private next = 0;

  constructor(private readonly values: readonly number[]) {
    super(1);
  }

  override normal(): number {
    return this.values[this.next++]!;
  }
}
