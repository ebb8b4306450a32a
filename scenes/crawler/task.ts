import { lookingAtTarget, meanVelocityMatch, touchesGround } from "../../src/task/rewards/target.js";
import { TargetCommands } from "../../src/task/targetCommands.js";
import type { TaskDefinition, TaskState } from "../../src/task/task.js";
import { crawler } from "./character.js";

const BODY = 0;
const FATAL = crawler.body.parts.flatMap(({ name }, part) => (name.startsWith("foreleg") ? [] : [part]));

/** Keeps to the speed towards the target, and looks there: 0 … 1. */
const match = (state: TaskState) => meanVelocityMatch(state) * lookingAtTarget(state, BODY);

/**
 * Unity ML-Agents' Crawler: go to the target at the speed asked for, on the forelegs. What differs: ML-Agents rewards
 * every physics step, this looks at the last of a decision and counts it for all five; parts on the ground are looked at
 * then, too; and the target is a place that one comes near to, not a cube to bump into.
 */
export const crawlerTask: TaskDefinition = {
  episodeSeconds: 66.65,
  parameters: { "target-speed": 3 },
  commands: () => new TargetCommands({ radius: 40, height: 0.5, reach: 1.5, speeds: [0.1, 15], speed: 3 }),
  rewards: { match },
  weights: { match: crawler.decisionPeriod },
  fallen: ({ body }) => touchesGround(body, FATAL),
  fallReward: -1,
  measures: { match },
  startNoise: { yaw: Math.PI },
  // The lowest point, that of the ball, is half a metre below its centre.
  startClearance: 1.656,
};
