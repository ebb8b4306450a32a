import { lookingAtTarget, meanVelocityMatch, touchesGround } from "../../src/task/rewards/target.js";
import { TargetCommands } from "../../src/task/targetCommands.js";
import type { TaskDefinition, TaskState } from "../../src/task/task.js";
import { walkerMlAgents } from "./character.js";

const { parts } = walkerMlAgents.body;
const HEAD = parts.findIndex(({ name }) => name === "head");
const MAY_TOUCH = ["shinL", "shinR", "footL", "footR"];
const FATAL = parts.flatMap(({ name }, part) => (MAY_TOUCH.includes(name) ? [] : [part]));

/** Keeps to the speed towards the target, and looks there: 0 … 1. */
const match = (state: TaskState) => meanVelocityMatch(state) * lookingAtTarget(state, HEAD);

/**
 * Unity ML-Agents' Walker: go to the target at the speed asked for. What differs: ML-Agents rewards every physics step,
 * this looks at the last of a decision and counts it for all five; parts on the ground are looked at then, too; and the
 * target is a place that one comes near to, not a cube to bump into.
 */
export const walkerMlAgentsTask: TaskDefinition = {
  episodeSeconds: 66.65,
  parameters: { "target-speed": 1.5 },
  commands: () => new TargetCommands({ radius: 9, ahead: 1, height: 0.125, reach: 0.4, speeds: [0.1, 10], speed: 1.5 }),
  rewards: { match },
  weights: { match: walkerMlAgents.decisionPeriod },
  fallen: ({ body }) => touchesGround(body, FATAL),
  fallReward: -1,
  measures: { match },
  startNoise: { yaw: Math.PI },
  startClearance: 0.01426,
};
