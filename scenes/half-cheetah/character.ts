import { JointDriveActuator } from "../../src/actuators/jointDriveActuator.js";
import type { CharacterDefinition } from "../../src/agent/characterAgent.js";
import { JointStateSensor } from "../../src/sensors/jointStateSensor.js";
import { RootStateSensor } from "../../src/sensors/rootStateSensor.js";
import { ACTION_RANGES, halfCheetahBody } from "./body.js";

/** Seventeen observations in the order of Gymnasium's HalfCheetah, six torques on top of springs. */
export const halfCheetah: CharacterDefinition = {
  name: "half-cheetah",
  behavior: "HalfCheetah",
  body: halfCheetahBody,
  clock: { physicsDt: 1 / 120, microsteps: 8 },
  decisionPeriod: 4,
  sensors: (body) => [
    new RootStateSensor(body, ["height", "pitch"]),
    new JointStateSensor(body, { read: "values" }),
    new RootStateSensor(body, ["forward-velocity", "vertical-velocity", "pitch-rate"], "root-velocity"),
    new JointStateSensor(body, { read: "rates" }),
  ],
  actuators: (body) => [new JointDriveActuator(body, { around: "start", range: ACTION_RANGES })],
};
