import { TorqueActuator } from "../../src/actuators/torqueActuator.js";
import type { CharacterDefinition } from "../../src/agent/characterAgent.js";
import { JointStateSensor } from "../../src/sensors/jointStateSensor.js";
import { invertedDoublePendulumBody } from "./body.js";

/** Eight observations, Gymnasium's without the rail's force: cart, sines and cosines of the poles, rates; one force. */
export const invertedDoublePendulum: CharacterDefinition = {
  name: "inverted-double-pendulum",
  behavior: "InvertedDoublePendulum",
  body: invertedDoublePendulumBody,
  clock: { physicsDt: 1 / 100, microsteps: 4 },
  decisionPeriod: 2,
  sensors: (body) => [
    new JointStateSensor(body, { name: "cart", read: "values", joints: ["cart"] }),
    new JointStateSensor(body, { read: "directions", joints: ["pole-1", "pole-2"] }),
    new JointStateSensor(body, { read: "rates", maxRate: 10 }),
  ],
  actuators: (body) => [new TorqueActuator(body)],
};
