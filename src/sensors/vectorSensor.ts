import { InputError } from "../inputError.js";
import type { Sensor } from "./sensor.js";

/** The sensor that an agent fills by hand in `collectObservations`. */
export class VectorSensor implements Sensor {
  private readonly values: Float32Array;
  private count = 0;

  constructor(
    readonly size: number,
    readonly name = "vector",
  ) {
    this.values = new Float32Array(size);
  }

  addObservation(...values: readonly number[]): void {
    for (const value of values) {
      if (this.count < this.size) this.values[this.count] = value;
      this.count++;
    }
  }

  /** One 1 among `options` zeros. */
  addOneHotObservation(index: number, options: number): void {
    for (let i = 0; i < options; i++) this.addObservation(i === index ? 1 : 0);
  }

  /** Forgets the numbers; the agent calls it before it collects anew. */
  clear(): void {
    this.count = 0;
  }

  /** @throws InputError when more or fewer numbers were added than declared; nothing is padded or cut. */
  write(out: Float32Array, offset: number): void {
    if (this.count !== this.size) {
      throw new InputError(
        `Sensor "${this.name}": collectObservations added ${this.count} numbers, but the behaviour declares ${this.size}.`,
      );
    }
    out.set(this.values, offset);
  }
}
