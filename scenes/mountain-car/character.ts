import { TorqueActuator } from "../../src/actuators/torqueActuator.js";
import type { CharacterDefinition } from "../../src/agent/characterAgent.js";
import { RootStateSensor } from "../../src/sensors/rootStateSensor.js";
import { carBody } from "./body.js";

/** Two observations as in Gymnasium, place and speed along the track; one torque. */
export const mountainCar: CharacterDefinition = {
  name: "mountain-car",
  behavior: "MountainCar",
  body: carBody,
  clock: { physicsDt: 1 / 120, microsteps: 4 },
  decisionPeriod: 12,
  sensors: (body) => [new RootStateSensor(body, ["forward-position", "forward-velocity"])],
  actuators: (body) => [new TorqueActuator(body)],
};
