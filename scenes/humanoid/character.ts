import { JointDriveActuator } from "../../src/actuators/jointDriveActuator.js";
import type { CharacterDefinition } from "../../src/agent/characterAgent.js";
import { JointStateSensor } from "../../src/sensors/jointStateSensor.js";
import { RootStateSensor } from "../../src/sensors/rootStateSensor.js";
import { humanoidBody } from "./body.js";

/** 45 observations, those of Gymnasium's Humanoid that are positions and velocities; 17 target angles. */
export const humanoid: CharacterDefinition = {
  name: "humanoid",
  behavior: "Humanoid",
  body: humanoidBody,
  clock: { physicsDt: 1 / 120, microsteps: 4 },
  decisionPeriod: 4,
  sensors: (body) => [
    new RootStateSensor(body, ["height", "rotation"]),
    new JointStateSensor(body, { read: "values" }),
    new RootStateSensor(body, ["velocity", "angular-velocity"], "root-velocity"),
    new JointStateSensor(body, { read: "rates", maxRate: 20 }),
  ],
  actuators: (body) => [new JointDriveActuator(body, { around: "start" })],
};
