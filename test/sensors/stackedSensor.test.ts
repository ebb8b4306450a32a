import { describe, expect, it } from "vitest";
import { InputError } from "../../src/inputError.js";
import type { Sensor } from "../../src/sensors/sensor.js";
import { StackedSensor } from "../../src/sensors/stackedSensor.js";
import { written } from "../support/sensors.js";

/** Two numbers that count up with each update and start anew at each reset. */
function counter(): Sensor {
  let count = 0;
  return {
    name: "counter",
    size: 2,
    write: (out, offset) => out.set([count, 10 * count], offset),
    update: () => void count++,
    reset: () => {
      count = 0;
    },
  };
}

describe("StackedSensor", () => {
  it("shows the last observations, oldest first, with zeros before the first", () => {
    const sensor = new StackedSensor(counter(), 3);
    expect([sensor.name, sensor.size]).toEqual(["counter×3", 6]);
    expect(written(sensor)).toEqual([0, 0, 0, 0, 0, 0]);
    sensor.update();
    expect(written(sensor)).toEqual([0, 0, 0, 0, 1, 10]);
    sensor.update();
    sensor.update();
    expect(written(sensor)).toEqual([1, 10, 2, 20, 3, 30]);
    sensor.update();
    expect(written(sensor)).toEqual([2, 20, 3, 30, 4, 40]);
    expect(written(sensor)).toEqual([2, 20, 3, 30, 4, 40]);
  });

  it("forgets at the start of an episode, and so does the sensor in it", () => {
    const sensor = new StackedSensor(counter(), 2);
    sensor.update();
    sensor.update();
    sensor.reset();
    sensor.update();
    expect(written(sensor)).toEqual([0, 0, 1, 10]);
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses to stack %f times", (count) => {
    expect(() => new StackedSensor(counter(), count)).toThrow(
      new InputError(`Sensor "counter" is stacked ${count} times, allowed is a whole number from 1.`),
    );
  });
});
