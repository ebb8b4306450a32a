import { TorqueActuator } from "../../src/actuators/torqueActuator.js";
import type { CharacterDefinition } from "../../src/agent/characterAgent.js";
import { freeRunnerSensors } from "../gymnasium.js";
import { antBody } from "./body.js";

/** The 27 observations of Gymnasium's Ant without contact forces, in its order; eight torques. */
export const ant: CharacterDefinition = {
  name: "ant",
  behavior: "Ant",
  body: antBody,
  clock: { physicsDt: 1 / 120, microsteps: 4 },
  decisionPeriod: 4,
  sensors: freeRunnerSensors,
  actuators: (body) => [new TorqueActuator(body)],
};
