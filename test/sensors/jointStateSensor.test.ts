import { describe, expect, it } from "vitest";
import { InputError } from "../../src/inputError.js";
import { JointStateSensor } from "../../src/sensors/jointStateSensor.js";
import { menagerie } from "../support/bodies.js";
import { createBody, run } from "../support/headlessWorld.js";
import { expectNear } from "../support/near.js";
import { written } from "../support/sensors.js";

const VALUES = [0.1, -0.2, 0.3, -0.4, 0.5, -0.6, 0.05];
const RATES = [1, -2, 3, -4, 5, -6, 0.7];

describe("JointStateSensor", () => {
  it("gives values, then rates, in the order of the joints", () => {
    const { body } = createBody(menagerie);
    body.reset({ ...body.startPose(), joints: VALUES, jointVelocities: RATES });
    const sensor = new JointStateSensor(body);
    expect([sensor.name, sensor.size]).toEqual(["joints", 14]);
    expectNear(written(sensor), [...VALUES, ...RATES], 1e-4);
  });

  it("gives values alone, or rates alone cut at their maximum", () => {
    const { body } = createBody(menagerie);
    body.reset({ ...body.startPose(), joints: VALUES, jointVelocities: RATES });
    const values = new JointStateSensor(body, { read: "values" });
    const rates = new JointStateSensor(body, { read: "rates", maxRate: 2.5 });
    expect([values.name, values.size, rates.name, rates.size]).toEqual(["joint-values", 7, "joint-rates", 7]);
    expectNear(written(values), VALUES, 1e-4);
    expectNear(written(rates), [1, -2, 2.5, -2.5, 2.5, -2.5, 0.7], 1e-4);
    expect(new JointStateSensor(body, { name: "mine" }).name).toBe("mine");
  });

  it("follows the body", () => {
    const { world, body } = createBody(menagerie);
    const sensor = new JointStateSensor(body);
    const before = written(sensor);
    run(world, body, 20);
    const after = written(sensor);
    expect(after).not.toEqual(before);
    expect(after).toEqual([...body.jointValues, ...body.jointRates]);
  });

  it("looks at the named values only, in the body's own order", () => {
    const { body } = createBody(menagerie);
    body.reset({ ...body.startPose(), joints: VALUES, jointVelocities: RATES });
    // Of hip.x, hip.y, hip.z, knee, shoulder.x, shoulder.y and tail.
    const sensor = new JointStateSensor(body, { joints: ["tail", "knee", "hip.y"] });
    expect(sensor.size).toBe(6);
    expectNear(written(sensor), [-0.2, -0.4, 0.05, -2, -4, 0.7], 1e-4);
    expectNear(written(new JointStateSensor(body, { joints: ["knee"], read: "rates", maxRate: 3 })), [-3], 1e-4);
  });

  it("gives angles as directions: all sines, then all cosines", () => {
    const { body } = createBody(menagerie);
    body.reset({ ...body.startPose(), joints: VALUES });
    const sensor = new JointStateSensor(body, { joints: ["hip.x", "shoulder.y"], read: "directions" });
    expect([sensor.name, sensor.size]).toEqual(["joint-directions", 4]);
    expectNear(written(sensor), [Math.sin(0.1), Math.sin(-0.6), Math.cos(0.1), Math.cos(-0.6)], 1e-4);
  });

  it("names a value that the body does not have", () => {
    const { body } = createBody(menagerie);
    expect(() => new JointStateSensor(body, { joints: ["knee", "hip"] })).toThrow(
      new InputError(
        'Sensor "joints": body "menagerie" has no joint value "hip"; it has hip.x, hip.y, hip.z, knee, shoulder.x, shoulder.y, tail.',
      ),
    );
  });
});
