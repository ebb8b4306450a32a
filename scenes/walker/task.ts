import { GOAL_PARAMETERS, GoalCommands } from "../../src/task/commands.js";
import { reward } from "../../src/task/rewards/library.js";
import { heightOf, uprightness } from "../../src/task/rewards/motion.js";
import type { TaskDefinition } from "../../src/task/task.js";

const HIPS = 0;
const HEAD = 3;

/** Strides per second at a commanded speed in m/s: about what people of this leg length (0.72 m to the hip) take. */
const cadence = (speed: number) => 0.8 + 0.25 * speed;

/**
 * Walk at the velocity asked for and look that way, with steps and not with shuffles. Without the terms for the feet
 * the reward is earned by seven to eleven tiny steps a second.
 */
export const walkerTask: TaskDefinition = {
  episodeSeconds: 20,
  parameters: { ...GOAL_PARAMETERS, "target-speed": 1.2 },
  commands: () => new GoalCommands({ cadence }),
  rewards: {
    track: reward("track", { part: "head" }),
    velocity: reward("velocity"),
    heading: reward("heading"),
    posture: reward("posture"),
    alive: reward("alive"),
    upright: reward("upright", { part: "chest" }),
    "contact-schedule": reward("contact-schedule"),
    "foot-clearance": reward("foot-clearance"),
    "air-time": reward("air-time"),
    "foot-slip": reward("foot-slip"),
    flight: reward("flight"),
    effort: reward("effort"),
    "action-rate": reward("action-rate"),
  },
  weights: {
    track: 1,
    velocity: 0,
    heading: 0,
    posture: 0,
    alive: 0.1,
    upright: 0.1,
    "contact-schedule": 0.3,
    "foot-clearance": 0,
    "air-time": 0,
    "foot-slip": -0.05,
    flight: -0.05,
    effort: -0.002,
    "action-rate": -0.01,
  },
  fallen: (state) => heightOf(state, HIPS) < 0.6 || heightOf(state, HEAD) < 1.15 || uprightness(state, HIPS) < 0.3,
  startNoise: { jointValues: 0.05, jointRates: 0.05, yaw: 0.3 },
  solved: { survivedFraction: 0.95, forwardSpeed: 1 },
};
