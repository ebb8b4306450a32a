import { TorqueActuator } from "../../src/actuators/torqueActuator.js";
import type { CharacterDefinition } from "../../src/agent/characterAgent.js";
import { planarRunnerSensors } from "../gymnasium.js";
import { hopperBody } from "./body.js";

/** Eleven observations in the order of Gymnasium's Hopper (positions, then velocities cut at ±10), three torques. */
export const hopper: CharacterDefinition = {
  name: "hopper",
  behavior: "Hopper",
  body: hopperBody,
  clock: { physicsDt: 1 / 120, microsteps: 4 },
  decisionPeriod: 2,
  sensors: (body) => planarRunnerSensors(body, 10),
  actuators: (body) => [new TorqueActuator(body)],
};
