import { reward } from "../../src/task/rewards/library.js";
import type { TaskDefinition, TaskState } from "../../src/task/task.js";
import { GOAL, trackHeight } from "./track.js";

const GRAVITY = 9.81;
/** Of the car's centre above the track, m. */
const RIDE_HEIGHT = 0.22;

/** Energy of the car, J/kg: at the goal's height it needs no more engine. */
function energy({ body: { positions, linearVelocities } }: TaskState): number {
  const speed = Math.hypot(linearVelocities[1]!, linearVelocities[2]!);
  return GRAVITY * (positions[1]! - RIDE_HEIGHT) + speed ** 2 / 2;
}

const ENOUGH = GRAVITY * trackHeight(0, GOAL);

/**
 * Get out of a valley with an engine that is too weak for its slopes (Moore 1990), as soon as possible: swing to and fro.
 */
export const mountainCarTask: TaskDefinition = {
  episodeSeconds: 30,
  rewards: {
    /** Share of the energy that is missing. */
    missing: (state) => Math.max(0, 1 - energy(state) / ENOUGH),
    effort: reward("effort"),
  },
  weights: { missing: -1, effort: -0.01 },
  fallen: () => false,
  succeeded: ({ body }) => body.positions[2]! > GOAL,
  startNoise: { velocity: 0.3 },
  solved: { measures: { reached: 1 } },
};
