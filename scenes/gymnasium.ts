import type { ArticulatedBody } from "../src/body/articulatedBody.js";
import { JointStateSensor } from "../src/sensors/jointStateSensor.js";
import { RootStateSensor } from "../src/sensors/rootStateSensor.js";
import type { Sensor } from "../src/sensors/sensor.js";

// What Gymnasium's runners observe, in its order: positions without the way travelled, then velocities.

/** Of a body that lives in a plane. @param maxRate joint rates are cut at ±this, rad/s */
export function planarRunnerSensors(body: ArticulatedBody, maxRate?: number): readonly Sensor[] {
  return [
    new RootStateSensor(body, ["height", "pitch"]),
    new JointStateSensor(body, { read: "values" }),
    new RootStateSensor(body, ["forward-velocity", "vertical-velocity", "pitch-rate"], "root-velocity"),
    new JointStateSensor(body, { read: "rates", ...(maxRate === undefined ? {} : { maxRate }) }),
  ];
}

/** Of a free body. */
export function freeRunnerSensors(body: ArticulatedBody): readonly Sensor[] {
  return [
    new RootStateSensor(body, ["height", "rotation"]),
    new JointStateSensor(body, { read: "values" }),
    new RootStateSensor(body, ["velocity", "angular-velocity"], "root-velocity"),
    new JointStateSensor(body, { read: "rates", maxRate: 20 }),
  ];
}
