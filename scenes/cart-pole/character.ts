import { TorqueActuator } from "../../src/actuators/torqueActuator.js";
import type { CharacterDefinition } from "../../src/agent/characterAgent.js";
import { JointStateSensor } from "../../src/sensors/jointStateSensor.js";
import { cartPoleBody } from "./body.js";

/** Five observations: cart, sine and cosine of the pole's angle, both rates; one force. */
export const cartPole: CharacterDefinition = {
  name: "cart-pole",
  behavior: "CartPole",
  body: cartPoleBody,
  clock: { physicsDt: 1 / 100, microsteps: 4 },
  decisionPeriod: 4,
  sensors: (body) => [
    new JointStateSensor(body, { name: "cart", read: "values", joints: ["cart"] }),
    new JointStateSensor(body, { read: "directions", joints: ["pole"] }),
    new JointStateSensor(body, { read: "rates", maxRate: 20 }),
  ],
  actuators: (body) => [new TorqueActuator(body)],
};
