import { describe, expect, it } from "vitest";
import { InputError } from "../../src/inputError.js";
import { VectorSensor } from "../../src/sensors/vectorSensor.js";
import { written } from "../support/sensors.js";

describe("VectorSensor", () => {
  it("shows what was added, in order, and may be read twice", () => {
    const sensor = new VectorSensor(6);
    sensor.addObservation(1, -2.5);
    sensor.addOneHotObservation(1, 3);
    sensor.addObservation(7);
    expect(sensor.name).toBe("vector");
    expect(written(sensor)).toEqual([1, -2.5, 0, 1, 0, 7]);
    expect(written(sensor)).toEqual([1, -2.5, 0, 1, 0, 7]);
  });

  it("starts anew after clear", () => {
    const sensor = new VectorSensor(1);
    sensor.addObservation(1);
    sensor.clear();
    sensor.addObservation(2);
    expect(written(sensor)).toEqual([2]);
  });

  it.each([[[1, 2]], [[1, 2, 3, 4]], [[]]])("throws when %o is added to a size of 3", (values: number[]) => {
    const sensor = new VectorSensor(3, "mine");
    sensor.addObservation(...values);
    expect(() => written(sensor)).toThrow(
      new InputError(
        `Sensor "mine": collectObservations added ${values.length} numbers, but the behaviour declares 3.`,
      ),
    );
  });
});
