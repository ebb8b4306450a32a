import { angleToTarget } from "../../src/sensors/orientationCube.js";
import { heightOf } from "../../src/task/rewards/motion.js";
import { rootVelocityMatch } from "../../src/task/rewards/target.js";
import { TargetCommands } from "../../src/task/targetCommands.js";
import type { TaskDefinition, TaskState } from "../../src/task/task.js";
import { worm } from "./character.js";

const HEAD = 0;
/** m/s, always. */
const SPEED = 10;
/** m under its lowest point at the start. */
const CLEARANCE = 0.78;
/** Beyond this angle from the level look at the target nothing is earned, rad. */
const WIDEST = Math.PI / 6;

/** How well the head, roll and pitch included, looks at the target: 1 straight there, 0 from 30° on. */
function facing({ body, command }: TaskState): number {
  const angle = angleToTarget(body, command);
  return angle < WIDEST ? 1 - angle / Math.PI : 0;
}

const match = (state: TaskState) => rootVelocityMatch(state) * facing(state);

/**
 * Unity ML-Agents' Worm: move the head to the target as near to 10 m/s as can be. What differs: ML-Agents rewards every
 * physics step, this looks at the last of a decision and counts it for all five; and the target is a place that one comes
 * near to, not a cube to touch with the mouth. It cannot fall but off the edge of the world.
 */
export const wormTask: TaskDefinition = {
  episodeSeconds: 66.65,
  commands: () => new TargetCommands({ radius: 40, height: 0.5, reach: 1.7, speeds: [SPEED, SPEED], speed: SPEED }),
  rewards: { match },
  weights: { match: worm.decisionPeriod },
  fallen: (state) => heightOf(state, HEAD) < state.startHeight(HEAD) + CLEARANCE - 2,
  measures: { match },
  startNoise: { yaw: Math.PI },
  startClearance: CLEARANCE,
};
