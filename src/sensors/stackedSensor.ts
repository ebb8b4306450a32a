import { InputError } from "../inputError.js";
import type { Sensor } from "./sensor.js";

/** Shows the last `count` observations of another sensor, oldest first; zeros before the first. */
export class StackedSensor implements Sensor {
  readonly name: string;
  readonly size: number;
  private readonly frames: Float32Array;

  constructor(
    private readonly inner: Sensor,
    readonly count: number,
  ) {
    if (!Number.isInteger(count) || count < 1) {
      throw new InputError(`Sensor "${inner.name}" is stacked ${count} times, allowed is a whole number from 1.`);
    }
    this.name = `${inner.name}×${count}`;
    this.size = inner.size * count;
    this.frames = new Float32Array(this.size);
  }

  update(): void {
    this.inner.update?.();
    this.frames.copyWithin(0, this.inner.size);
    this.inner.write(this.frames, this.size - this.inner.size);
  }

  write(out: Float32Array, offset: number): void {
    out.set(this.frames, offset);
  }

  reset(): void {
    this.inner.reset?.();
    this.frames.fill(0);
  }
}
