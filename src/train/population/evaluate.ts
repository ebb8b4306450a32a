import type { EpisodeRecord, VectorEnv } from "../../env/vectorEnv.js";
import { RunningStatistics, type RunningStatisticsState } from "../../nn/runningStatistics.js";
import { MlpPolicy } from "../../policy/mlpPolicy.js";
import { actionSize, maskSize } from "../../policy/policy.js";
import { type PolicyLayout, policyOf } from "./layout.js";

export interface EvaluateRequest {
  /** `[size]` each */
  readonly candidates: readonly Float32Array[];
  /** Of each candidate. */
  readonly episodes: number;
  /** What the candidates see observations through; null: as they are. */
  readonly normalizer: RunningStatisticsState | null;
}

/** What candidates have reached. */
export interface Evaluated {
  /** Mean return of each candidate. */
  readonly scores: readonly number[];
  /** Decisions over all episodes. */
  readonly steps: number;
  readonly episodes: readonly EpisodeRecord[];
  /** Of the observations as the environment gave them, and some of those. */
  readonly statistics: RunningStatisticsState;
  readonly observations: Float32Array;
}

/** Observations that are handed on as examples. */
const EXAMPLES = 512;

/**
 * Lets each agent of an environment try one candidate after the other, an episode at a time, until all have had theirs.
 * @param onStep called after each step of the environment, for signs of life
 */
export function evaluateCandidates(
  env: VectorEnv,
  layout: PolicyLayout,
  { candidates, episodes, normalizer }: EvaluateRequest,
  observationClip: number,
  onStep: () => void = () => {},
): Evaluated {
  const { count, observationSize, actionSpec } = env;
  const frozen = normalizer && RunningStatistics.from(normalizer).freeze(observationClip);
  const policies = candidates.map((parameters) => new MlpPolicy(policyOf(layout, parameters, frozen)));
  const sizes = { action: actionSize(actionSpec), mask: maskSize(actionSpec) };
  const actions = new Float32Array(count * sizes.action);
  const scores = new Float64Array(candidates.length);
  const statistics = new RunningStatistics(observationSize);
  const seen = new Float32Array(count * observationSize);
  const examples: number[] = [];
  const finished: EpisodeRecord[] = [];
  const tries = candidates.length * episodes;
  let [next, steps] = [0, 0];
  /** The candidate of an agent's next episode; -1: none is left. */
  const take = () => (next < tries ? next++ % candidates.length : -1);

  env.reset();
  env.drainEpisodes();
  const current = Array.from({ length: count }, take);
  while (current.some((candidate) => candidate >= 0)) {
    let active = 0;
    actions.fill(0);
    for (let agent = 0; agent < count; agent++) {
      const candidate = current[agent]!;
      if (candidate < 0) continue;
      const row = (array: Float32Array, size: number) => array.subarray(agent * size, (agent + 1) * size);
      const observation = row(env.observations, observationSize);
      policies[candidate]!.act(observation, row(actions, sizes.action), 1, row(env.masks, sizes.mask));
      seen.set(observation, active * observationSize);
      active++;
    }
    statistics.update(seen, active);
    for (let i = 0; i < active * observationSize && examples.length < EXAMPLES * observationSize; i++) {
      examples.push(seen[i]!);
    }
    env.step(actions);
    onStep();
    steps += active;
    const ended = env.drainEpisodes();
    for (let agent = 0; agent < count; agent++) {
      const candidate = current[agent]!;
      if (candidate < 0) continue;
      scores[candidate]! += env.rewards[agent]! / episodes;
      if (!env.terminated[agent] && !env.truncated[agent]) continue;
      finished.push(...ended.filter((episode) => episode.agent === agent));
      current[agent] = take();
    }
  }
  return {
    scores: [...scores],
    steps,
    episodes: finished,
    statistics: statistics.state(),
    observations: Float32Array.from(examples),
  };
}
