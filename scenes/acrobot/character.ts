import { TorqueActuator } from "../../src/actuators/torqueActuator.js";
import type { CharacterDefinition } from "../../src/agent/characterAgent.js";
import { JointStateSensor } from "../../src/sensors/jointStateSensor.js";
import { acrobotBody } from "./body.js";

/** Six observations as in Gymnasium: sines and cosines of both angles, and their rates; one torque. */
export const acrobot: CharacterDefinition = {
  name: "acrobot",
  behavior: "Acrobot",
  body: acrobotBody,
  clock: { physicsDt: 1 / 120, microsteps: 8 },
  decisionPeriod: 6,
  sensors: (body) => [
    new JointStateSensor(body, { read: "directions" }),
    new JointStateSensor(body, { read: "rates", maxRate: 30 }),
  ],
  actuators: (body) => [new TorqueActuator(body)],
};
