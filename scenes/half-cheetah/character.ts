import { JointDriveActuator } from "../../src/actuators/jointDriveActuator.js";
import type { CharacterDefinition } from "../../src/agent/characterAgent.js";
import { planarRunnerSensors } from "../gymnasium.js";
import { ACTION_RANGES, halfCheetahBody } from "./body.js";

/** Seventeen observations in the order of Gymnasium's HalfCheetah, six torques on top of springs. */
export const halfCheetah: CharacterDefinition = {
  name: "half-cheetah",
  behavior: "HalfCheetah",
  body: halfCheetahBody,
  clock: { physicsDt: 1 / 120, microsteps: 8 },
  decisionPeriod: 4,
  sensors: (body) => planarRunnerSensors(body),
  actuators: (body) => [new JointDriveActuator(body, { around: "start", range: ACTION_RANGES })],
};
