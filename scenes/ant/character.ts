import { TorqueActuator } from "../../src/actuators/torqueActuator.js";
import type { CharacterDefinition } from "../../src/agent/characterAgent.js";
import { JointStateSensor } from "../../src/sensors/jointStateSensor.js";
import { RootStateSensor } from "../../src/sensors/rootStateSensor.js";
import { antBody } from "./body.js";

/** The 27 observations of Gymnasium's Ant without contact forces, in its order; eight torques. */
export const ant: CharacterDefinition = {
  name: "ant",
  behavior: "Ant",
  body: antBody,
  clock: { physicsDt: 1 / 120, microsteps: 4 },
  decisionPeriod: 4,
  sensors: (body) => [
    new RootStateSensor(body, ["height", "rotation"]),
    new JointStateSensor(body, { read: "values" }),
    new RootStateSensor(body, ["velocity", "angular-velocity"], "root-velocity"),
    new JointStateSensor(body, { read: "rates", maxRate: 20 }),
  ],
  actuators: (body) => [new TorqueActuator(body)],
};
