import { StrengthDriveActuator } from "../../src/actuators/strengthDriveActuator.js";
import type { CharacterDefinition } from "../../src/agent/characterAgent.js";
import { GoalSensor } from "../../src/sensors/goalSensor.js";
import { HeightRaySensor } from "../../src/sensors/heightRaySensor.js";
import { OrientationCube } from "../../src/sensors/orientationCube.js";
import { PartStateSensor } from "../../src/sensors/partStateSensor.js";
import { mlAgentsTime } from "../mlAgents.js";
import { segmentFrames, wormBody, wormTargets } from "./body.js";

const MOTION = ["touchingGround", "linearVelocity", "angularVelocity"] as const;
const PLACE = ["relativePosition", "localRotation"] as const;

/** The 64 observations and 9 actions of Unity ML-Agents' Worm (`WormAgent.cs`), in their order. */
export const worm: CharacterDefinition = {
  name: "worm",
  behavior: "Worm",
  body: wormBody,
  ...mlAgentsTime,
  sensors: (body, command) => {
    const cube = new OrientationCube(body, command, segmentFrames);
    return [
      new HeightRaySensor(body),
      new GoalSensor(cube, "goalVelocity"),
      new GoalSensor(cube, "headingAngle"),
      new GoalSensor(cube, "rotationToGoal", "headToGoalRotation"),
      new GoalSensor(cube, "targetPosition"),
      new PartStateSensor(cube, "BodySeg0", [...MOTION, "strength"]),
      new PartStateSensor(cube, "BodySeg1", [...MOTION, ...PLACE, "strength"]),
      new PartStateSensor(cube, "BodySeg2", [...MOTION, ...PLACE, "strength"]),
      new PartStateSensor(cube, "BodySeg3", [...MOTION, ...PLACE]),
    ];
  },
  actuators: (body) => [
    new StrengthDriveActuator(body, { targets: wormTargets, strengths: ["BodySeg0", "BodySeg1", "BodySeg2"] }),
  ],
};
