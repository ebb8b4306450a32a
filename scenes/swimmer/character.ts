import { TorqueActuator } from "../../src/actuators/torqueActuator.js";
import type { CharacterDefinition } from "../../src/agent/characterAgent.js";
import { JointStateSensor } from "../../src/sensors/jointStateSensor.js";
import { RootStateSensor } from "../../src/sensors/rootStateSensor.js";
import { swimmerBody } from "./body.js";

/** Eight observations after Gymnasium's Swimmer (heading, joints, then velocities), two torques. */
export const swimmer: CharacterDefinition = {
  name: "swimmer",
  behavior: "Swimmer",
  body: swimmerBody,
  clock: { physicsDt: 1 / 100, microsteps: 4 },
  decisionPeriod: 4,
  sensors: (body) => [
    new RootStateSensor(body, ["yaw"]),
    new JointStateSensor(body, { read: "values" }),
    new RootStateSensor(body, ["forward-velocity", "sideways-velocity", "yaw-rate"], "root-velocity"),
    new JointStateSensor(body, { read: "rates" }),
  ],
  actuators: (body) => [new TorqueActuator(body)],
};
