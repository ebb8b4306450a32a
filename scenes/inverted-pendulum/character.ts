import { TorqueActuator } from "../../src/actuators/torqueActuator.js";
import type { CharacterDefinition } from "../../src/agent/characterAgent.js";
import { JointStateSensor } from "../../src/sensors/jointStateSensor.js";
import { invertedPendulumBody } from "./body.js";

/** Four observations as in Gymnasium: cart, pole, and their rates; one force. */
export const invertedPendulum: CharacterDefinition = {
  name: "inverted-pendulum",
  behavior: "InvertedPendulum",
  body: invertedPendulumBody,
  clock: { physicsDt: 1 / 100, microsteps: 4 },
  decisionPeriod: 4,
  sensors: (body) => [new JointStateSensor(body)],
  actuators: (body) => [new TorqueActuator(body)],
};
