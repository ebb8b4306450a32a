import type { VectorEnv } from "../env/vectorEnv.js";
import type { RunningStatistics } from "../nn/runningStatistics.js";
import { maskSize } from "../policy/policy.js";
import type { Random } from "../random.js";
import type { ActionSampler } from "./actionSampler.js";
import type { DiscountedReturns } from "./discountedReturns.js";
import type { RolloutBuffer } from "./rolloutBuffer.js";

/** A policy's head, `[count, headSize]`, for normalised observations, `[count, observationSize]`. */
export interface RolloutPolicy {
  forward(observations: Float32Array, count: number): Float32Array;
}

export interface CollectorParts {
  readonly env: VectorEnv;
  /** The policy without its normaliser: observations are normalised here, once, for it and for the learner. */
  readonly policy: RolloutPolicy;
  readonly logStd: Float32Array;
  readonly sampler: ActionSampler;
  readonly random: Random;
  /** Null: observations are used as they are. */
  readonly normalizer: RunningStatistics | null;
  readonly observationClip: number;
  /** Takes the rewards in; scaling them by it is the learner's business. */
  readonly returns: DiscountedReturns;
  /** Factor on the reward. */
  readonly rewardStrength: number;
  /** Called after each step of the environment. */
  readonly onStep: (() => void) | null;
}

/**
 * Fills a rollout buffer by letting the policy act, sampled, for T steps. The normaliser does not change meanwhile, so
 * that every stored observation is what the policy saw.
 */
export function collectRollout(parts: CollectorParts, buffer: RolloutBuffer): void {
  const { env, policy, logStd, sampler, random, returns, rewardStrength, onStep } = parts;
  const { count, observationSize } = env;
  const masks = maskSize(env.actionSpec) > 0 ? env.masks : undefined;
  buffer.finals.length = 0;
  for (let t = 0; t < buffer.steps; t++) {
    const rows = buffer.rowsOfStep[t]!;
    rows.rawObservations.set(env.observations);
    normalize(parts, env.observations, count, rows.observations);
    if (masks) rows.masks.set(masks);

    const head = policy.forward(rows.observations, count);
    sampler.sample(random, head, logStd, count, rows.actions, masks, rows.logProbabilities);
    env.step(rows.actions);

    for (let i = 0; i < count; i++) rows.rewards[i] = env.rewards[i]! * rewardStrength;
    returns.add(rows.rewards, env.terminated, env.truncated);
    rows.terminated.set(env.terminated);
    rows.truncated.set(env.truncated);
    for (let i = 0; i < count; i++) {
      if (!env.truncated[i] || env.terminated[i]) continue;
      const final = env.finalObservations.subarray(i * observationSize, (i + 1) * observationSize);
      const observation = new Float32Array(observationSize);
      normalize(parts, final, 1, observation);
      buffer.finals.push({ index: t * count + i, observation });
    }
    onStep?.();
  }
  normalize(parts, env.observations, count, buffer.lastObservations);
}

function normalize(parts: CollectorParts, raw: Float32Array, count: number, out: Float32Array): void {
  if (parts.normalizer) parts.normalizer.normalizeInto(raw, count, out, parts.observationClip);
  else out.set(raw);
}
