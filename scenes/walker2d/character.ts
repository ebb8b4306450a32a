import { TorqueActuator } from "../../src/actuators/torqueActuator.js";
import type { CharacterDefinition } from "../../src/agent/characterAgent.js";
import { planarRunnerSensors } from "../gymnasium.js";
import { walker2dBody } from "./body.js";

/** Seventeen observations in the order of Gymnasium's Walker2d (positions, then velocities cut at ±10), six torques. */
export const walker2d: CharacterDefinition = {
  name: "walker2d",
  behavior: "Walker2d",
  body: walker2dBody,
  clock: { physicsDt: 1 / 120, microsteps: 4 },
  decisionPeriod: 2,
  sensors: (body) => planarRunnerSensors(body, 10),
  actuators: (body) => [new TorqueActuator(body)],
};
