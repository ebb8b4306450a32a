import { GOAL_PARAMETERS, GoalCommands } from "../../src/task/commands.js";
import { reward } from "../../src/task/rewards/library.js";
import { heightOf, uprightness } from "../../src/task/rewards/motion.js";
import type { TaskDefinition } from "../../src/task/task.js";
import { WALKER_TURN_RATE, walkerRhythm } from "./character.js";

const HIPS = 0;
const HEAD = 3;

/**
 * Go at the velocity asked for, look that way, and step by the clock of the stride. Without the two terms for the feet
 * the same speed is earned by seven to thirteen tiny steps a second.
 */
export const walkerTask: TaskDefinition = {
  episodeSeconds: 20,
  parameters: {
    ...GOAL_PARAMETERS,
    "target-speed": 1.2,
    /** Factor on the terms for the feet: much while it learns to step, less when the habit is there. */
    stepping: 1,
  },
  commands: () => new GoalCommands({ rhythm: walkerRhythm, turnRate: WALKER_TURN_RATE }),
  rewards: {
    velocity: reward("velocity", { slack: 0.4 }),
    track: reward("track", { part: "head" }),
    heading: reward("heading"),
    alive: reward("alive"),
    upright: reward("upright", { part: "chest" }),
    posture: reward("posture"),
    "contact-schedule": reward("contact-schedule"),
    "foot-clearance": reward("foot-clearance"),
    "foot-slip": reward("foot-slip"),
    effort: reward("effort"),
    "action-rate": reward("action-rate"),
  },
  weights: {
    velocity: 2.5,
    track: 0.5,
    heading: 0.3,
    alive: 0.3,
    upright: 0.1,
    posture: -0.02,
    "contact-schedule": 1.5,
    "foot-clearance": 1,
    "foot-slip": -0.1,
    effort: -0.002,
    "action-rate": -0.01,
  },
  scaledBy: { "contact-schedule": "stepping", "foot-clearance": "stepping" },
  fallen: (state) => heightOf(state, HIPS) < 0.6 || heightOf(state, HEAD) < 1.15 || uprightness(state, HIPS) < 0.3,
  startNoise: { jointValues: 0.05, jointRates: 0.05, yaw: 0.3 },
};
