import type { VectorEnv } from "../env/vectorEnv.js";
import type { RunningStatistics } from "../nn/runningStatistics.js";
import { actionSize, maskSize } from "../policy/policy.js";
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
  const actionWidth = actionSize(env.actionSpec);
  const maskWidth = maskSize(env.actionSpec);
  buffer.finals.length = 0;
  for (let t = 0; t < buffer.steps; t++) {
    const row = t * count;
    const seen = rows(buffer.observations, row, count, observationSize);
    buffer.rawObservations.set(env.observations, row * observationSize);
    normalize(parts, env.observations, count, seen);
    if (maskWidth > 0) buffer.masks.set(env.masks, row * maskWidth);

    const head = policy.forward(seen, count);
    const actions = rows(buffer.actions, row, count, actionWidth);
    const masks = maskWidth > 0 ? env.masks : undefined;
    for (let i = 0; i < count; i++) {
      buffer.logProbabilities[row + i] = sampler.sample(random, head, logStd, i, actions, masks);
    }
    env.step(actions);

    const rewards = rows(buffer.rewards, row, count, 1);
    for (let i = 0; i < count; i++) rewards[i] = env.rewards[i]! * rewardStrength;
    returns.add(rewards, env.terminated, env.truncated);
    buffer.terminated.set(env.terminated, row);
    buffer.truncated.set(env.truncated, row);
    for (let i = 0; i < count; i++) {
      if (!env.truncated[i] || env.terminated[i]) continue;
      const observation = new Float32Array(observationSize);
      normalize(parts, rows(env.finalObservations, i, 1, observationSize), 1, observation);
      buffer.finals.push({ index: row + i, observation });
    }
    onStep?.();
  }
  normalize(parts, env.observations, count, buffer.lastObservations);
}

function rows(array: Float32Array, first: number, count: number, width: number): Float32Array {
  return array.subarray(first * width, (first + count) * width);
}

function normalize(parts: CollectorParts, raw: Float32Array, count: number, out: Float32Array): void {
  if (parts.normalizer) parts.normalizer.normalizeInto(raw, count, out, parts.observationClip);
  else out.set(raw);
}
