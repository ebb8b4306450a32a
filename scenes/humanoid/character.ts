import { JointDriveActuator } from "../../src/actuators/jointDriveActuator.js";
import type { CharacterDefinition } from "../../src/agent/characterAgent.js";
import { freeRunnerSensors } from "../gymnasium.js";
import { humanoidBody } from "./body.js";

/** 45 observations, those of Gymnasium's Humanoid that are positions and velocities; 17 target angles. */
export const humanoid: CharacterDefinition = {
  name: "humanoid",
  behavior: "Humanoid",
  body: humanoidBody,
  clock: { physicsDt: 1 / 120, microsteps: 4 },
  decisionPeriod: 4,
  sensors: freeRunnerSensors,
  actuators: (body) => [new JointDriveActuator(body, { around: "start" })],
};
