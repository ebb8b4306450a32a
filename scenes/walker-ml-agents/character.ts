import { StrengthDriveActuator } from "../../src/actuators/strengthDriveActuator.js";
import type { CharacterDefinition } from "../../src/agent/characterAgent.js";
import { GoalSensor } from "../../src/sensors/goalSensor.js";
import { OrientationCube } from "../../src/sensors/orientationCube.js";
import { PartStateSensor } from "../../src/sensors/partStateSensor.js";
import { mlAgentsTime } from "../mlAgents.js";
import { targetsOf, walkerMlAgentsBody } from "./body.js";

/** Target actions by part, then strength actions by part, as `WalkerAgent.OnActionReceived` takes them. */
const TARGETS = ["chest", "spine", "thighL", "thighR", "shinL", "shinR", "footR", "footL"].concat(
  ["upper_arm_L", "upper_arm_R", "lower_arm_L", "lower_arm_R"],
  "head",
);
const STRENGTHS = ["chest", "spine", "head", "thighL", "shinL", "footL", "thighR", "shinR", "footR"].concat([
  "upper_arm_L",
  "lower_arm_L",
  "upper_arm_R",
  "lower_arm_R",
]);

/** The origin of a foot's frame in Unity is not the centre of its sole. */
const FOOT = { origin: [0, 0.0002179, -0.0328332] } as const;

/** The 243 observations and 39 actions of Unity ML-Agents' Walker (`WalkerAgent.cs`), in their order. */
export const walkerMlAgents: CharacterDefinition = {
  name: "walker-ml-agents",
  behavior: "Walker",
  body: walkerMlAgentsBody,
  ...mlAgentsTime,
  sensors: (body, command) => {
    const cube = new OrientationCube(body, command, { footL: FOOT, footR: FOOT });
    return [
      new GoalSensor(cube, "velocityDistance"),
      new GoalSensor(cube, "averageVelocity"),
      new GoalSensor(cube, "goalVelocity"),
      new GoalSensor(cube, "rotationToGoal", "hipsToGoalRotation", "hips"),
      new GoalSensor(cube, "rotationToGoal", "headToGoalRotation", "head"),
      new GoalSensor(cube, "targetPosition"),
      ...body.spec.parts.map(({ name }) => {
        const motion = ["touchingGround", "linearVelocity", "angularVelocity", "relativePosition"] as const;
        const driven = targetsOf.has(name) ? (["localRotation", "strength"] as const) : [];
        return new PartStateSensor(cube, name, [...motion, ...driven]);
      }),
    ];
  },
  actuators: (body) => [
    new StrengthDriveActuator(body, { targets: TARGETS.flatMap((part) => targetsOf.get(part)!), strengths: STRENGTHS }),
  ],
};
