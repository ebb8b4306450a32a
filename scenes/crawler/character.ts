import { StrengthDriveActuator } from "../../src/actuators/strengthDriveActuator.js";
import type { CharacterDefinition } from "../../src/agent/characterAgent.js";
import { BodyPoseSensor } from "../../src/sensors/bodyPoseSensor.js";
import { GoalSensor } from "../../src/sensors/goalSensor.js";
import { HeightRaySensor } from "../../src/sensors/heightRaySensor.js";
import { OrientationCube } from "../../src/sensors/orientationCube.js";
import { PartStateSensor } from "../../src/sensors/partStateSensor.js";
import { mlAgentsTime } from "../mlAgents.js";
import { crawlerBody, legFrames, targetsOf } from "./body.js";

/** The order of targets, and that of strengths, in `CrawlerAgent.OnActionReceived`. */
const PARTS = ["leg0", "leg1", "leg2", "leg3", "foreleg0", "foreleg1", "foreleg2", "foreleg3"];

/** The 126 + 32 observations and 20 actions of Unity ML-Agents' Crawler (`CrawlerAgent.cs`), in their order. */
export const crawler: CharacterDefinition = {
  name: "crawler",
  behavior: "Crawler",
  body: crawlerBody,
  ...mlAgentsTime,
  sensors: (body, command) => {
    const cube = new OrientationCube(body, command, legFrames);
    return [
      new BodyPoseSensor(cube, "PhysicsBodySensor:Body"),
      new GoalSensor(cube, "velocityDistance"),
      new GoalSensor(cube, "averageVelocity"),
      new GoalSensor(cube, "goalVelocity"),
      new GoalSensor(cube, "rotationToGoal", "bodyToGoalRotation", "Body"),
      new GoalSensor(cube, "targetPosition"),
      new HeightRaySensor(body),
      ...body.spec.parts.map(
        ({ name }) =>
          new PartStateSensor(cube, name, targetsOf.has(name) ? ["touchingGround", "strength"] : ["touchingGround"]),
      ),
    ];
  },
  actuators: (body) => [
    new StrengthDriveActuator(body, { targets: PARTS.flatMap((part) => targetsOf.get(part)!), strengths: PARTS }),
  ],
};
