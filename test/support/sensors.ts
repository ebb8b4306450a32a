import type { Sensor } from "../../src/sensors/sensor.js";

/** What a sensor writes, looked at between two guards that it must leave alone. */
export function written(sensor: Sensor): number[] {
  const out = new Float32Array(sensor.size + 4).fill(99);
  sensor.write(out, 2);
  if (![0, 1, -1, -2].every((i) => out.at(i) === 99))
    throw new Error(`sensor ${sensor.name} wrote outside of its size`);
  return Array.from(out.subarray(2, -2));
}
