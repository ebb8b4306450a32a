import { closeSync, openSync } from "node:fs";
import type { VectorEnv } from "../../../src/env/vectorEnv.js";
import { InputError } from "../../../src/inputError.js";
import { cartPole } from "./cartPole.js";
import { pendulum } from "./pendulum.js";
import { delayedReward, matchedReward } from "./probes.js";
import { SimpleEnv, type SimpleTask } from "./simpleEnv.js";

// An environment that worker threads load. The address says which: `?task=matchedReward`; with `&fault=exit` it fails at
// once, with `&marker=<path>` only after some steps, and only in the worker that is the first to make this file.

const { searchParams } = new URL(import.meta.url);
const marker = searchParams.get("marker");
const tasks: Record<string, SimpleTask> = { matchedReward, delayedReward, pendulum, cartPole };
const faults: Record<string, () => void> = {
  throw: () => {
    throw new TypeError("the floor gave way");
  },
  refuse: () => {
    throw new InputError("There is no floor to walk on.");
  },
  exit: () => process.exit(7),
  hang: () => {
    for (;;);
  },
};

/** Steps of single agents up to the fault: in the middle of the fourth of fragments of 32. */
const STEPS = marker ? 110 : 10;

export async function createEnvAsync(agents: number, seed: number): Promise<VectorEnv> {
  const task = tasks[searchParams.get("task")!]!;
  const fault = searchParams.get("fault");
  let steps = 0;
  const step: SimpleTask["step"] = (...parameters) => {
    if (++steps === STEPS && fault && isFirst()) faults[fault]!();
    return task.step(...parameters);
  };
  return new SimpleEnv({ ...task, step }, agents, seed);
}

function isFirst(): boolean {
  if (!marker) return true;
  try {
    closeSync(openSync(marker, "wx"));
    return true;
  } catch {
    return false;
  }
}
