import { BackendLostError } from "../../nn/backendLost.js";
import { actionSize, maskSize } from "../../policy/policy.js";
import { Random } from "../../random.js";
import type { OnPolicyLayout } from "../onPolicy/layout.js";
import type { LearnSettings, OnPolicyBatch, OnPolicyLearner } from "../onPolicy/learner.js";

/** A way to learn. */
export interface LearnerCandidate {
  /** Of the backend. */
  readonly name: string;
  /** So many of these share the work; the time of the one that is timed is divided by it. */
  readonly members: number;
  /** A learner for the trial, with the network that is to be trained; it is disposed of afterwards. */
  createAsync(): Promise<OnPolicyLearner>;
}

/** How long one gradient step took. */
export interface LearnerTiming {
  readonly name: string;
  /** Infinite where the device failed. */
  readonly milliseconds: number;
}

/** Gradient steps of one timed update, and timed updates of which the faster one counts. */
const [STEPS, UPDATES] = [4, 2];

/**
 * Times a few minibatches of the network on each candidate. One alone is taken as it is.
 * @param now milliseconds of a clock
 * @returns the fastest, and how long each took; no times where there was nothing to choose
 */
export async function chooseLearnerAsync<Candidate extends LearnerCandidate>(
  candidates: readonly [Candidate, ...Candidate[]],
  layout: OnPolicyLayout,
  settings: LearnSettings,
  now: () => number = () => performance.now(),
): Promise<{ fastest: Candidate; timings: LearnerTiming[] }> {
  let fastest = candidates[0];
  if (candidates.length === 1) return { fastest, timings: [] };
  const batch = trialBatch(layout, STEPS * settings.batchSize);
  const timings: LearnerTiming[] = [];
  let best = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const milliseconds = await timeAsync(candidate, batch, settings, now);
    timings.push({ name: candidate.name, milliseconds });
    if (milliseconds < best) [fastest, best] = [candidate, milliseconds];
  }
  return { fastest, timings };
}

async function timeAsync(
  candidate: LearnerCandidate,
  batch: OnPolicyBatch,
  settings: LearnSettings,
  now: () => number,
): Promise<number> {
  const learner = await candidate.createAsync();
  const updateAsync = () => learner.updateAsync(batch, { ...settings, epochs: 1, targetKl: null });
  try {
    await updateAsync(); // compiles what has to be compiled
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < UPDATES; i++) {
      const start = now();
      await updateAsync();
      best = Math.min(best, (now() - start) / STEPS / candidate.members);
    }
    return best;
  } catch (error) {
    if (error instanceof BackendLostError) return Number.POSITIVE_INFINITY;
    throw error;
  } finally {
    learner.dispose();
  }
}

/** Numbers of the right kind: what they are does not matter to how long it takes to learn from them. */
function trialBatch({ observationSize, actionSpec }: OnPolicyLayout, size: number): OnPolicyBatch {
  const random = new Random(1);
  const normals = (length: number) => Float32Array.from({ length }, () => random.normal());
  return {
    size,
    observations: normals(size * observationSize),
    actions: new Float32Array(size * actionSize(actionSpec)),
    masks: new Float32Array(size * maskSize(actionSpec)).fill(1),
    logProbabilities: new Float32Array(size).fill(-actionSize(actionSpec)),
    advantages: normals(size),
    returns: normals(size),
  };
}
