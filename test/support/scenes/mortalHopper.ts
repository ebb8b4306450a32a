import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import hopper from "../../../scenes/hopper/index.js";
import { defineScene } from "../../../src/task/scene.js";

// The Hopper, but the first worker thread that loads it dies in the middle of training. The environment variable
// MORTAL_MARKER names a file that does not exist yet; who makes it is the one to die.

const LIFE = 60_000; // control steps

function claimDeath(): boolean {
  const marker = process.env.MORTAL_MARKER;
  if (isMainThread || !marker) return false;
  try {
    writeFileSync(marker, "", { flag: "wx" });
    return true;
  } catch {
    return false;
  }
}

const isMortal = claimDeath();
let steps = 0;

export default defineScene({
  ...hopper,
  task: {
    ...hopper.task,
    rewards: {
      ...hopper.task.rewards,
      alive: (state) => {
        if (isMortal && ++steps === LIFE) process.exit(3);
        return hopper.task.rewards.alive!(state);
      },
    },
  },
});
