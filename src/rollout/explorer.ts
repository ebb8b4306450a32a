import type { EnvChanges, EpisodeRecord, VectorEnv } from "../env/vectorEnv.js";
import { RunningStatistics, type RunningStatisticsState } from "../nn/runningStatistics.js";
import { actionSize, maskSize } from "../policy/policy.js";
import type { AgentStep } from "./nStepReturns.js";

/** Decides for all agents of an environment, with whatever noise it explores by. */
export interface ExploringPolicy {
  /**
   * @param observations `[N, observationSize]`, normalised @param actions `[N, actionSize]`, to be filled
   * @param masks `[N, maskSize]`, 1 = allowed; only where there are discrete actions
   */
  act(observations: Float32Array, count: number, actions: Float32Array, masks?: Float32Array): void;
  /** Told of each agent whose episode has ended. */
  endEpisode?(agent: number): void;
}

/** What a fragment of exploration brought. */
export interface Experience {
  /** True of an explorer's first fragment: what this worker did before, if anything, does not go on. */
  readonly first: boolean;
  /** In the order of time; observations as the environment gave them. */
  readonly steps: readonly AgentStep[];
  /** Of the observations. */
  readonly statistics: RunningStatisticsState;
  readonly episodes: readonly EpisodeRecord[];
}

export interface ExploreRequest {
  /** Decisions of each agent. */
  readonly steps: number;
  /** What the policy sees observations through; null: as they are. */
  readonly normalizer: RunningStatisticsState | null;
  /** What has changed in the environments. */
  readonly changes?: EnvChanges;
}

/** Lets a policy act in an environment and notes what happens, for learners that do not mind whose decisions those were. */
export class Explorer {
  private readonly normalized: Float32Array;
  private first = true;

  constructor(
    private readonly env: VectorEnv,
    private readonly observationClip: number,
    private readonly onStep?: () => void,
  ) {
    this.normalized = new Float32Array(env.count * env.observationSize);
    env.reset();
  }

  explore(policy: ExploringPolicy, { steps, normalizer, changes }: ExploreRequest): Experience {
    const { env } = this;
    const { count, observationSize } = env;
    if (changes) env.change?.(changes);
    const seenThrough = normalizer && RunningStatistics.from(normalizer);
    const statistics = new RunningStatistics(observationSize);
    const isMasked = maskSize(env.actionSpec) > 0;
    const noted: AgentStep[] = [];
    for (let t = 0; t < steps; t++) {
      const observations = env.observations.slice();
      const actions = new Float32Array(count * actionSize(env.actionSpec));
      const masks = isMasked ? env.masks.slice() : undefined;
      if (seenThrough) seenThrough.normalizeInto(observations, count, this.normalized, this.observationClip);
      policy.act(seenThrough ? this.normalized : observations, count, actions, masks);
      env.step(actions);
      for (let i = 0; i < count; i++) if (env.terminated[i] || env.truncated[i]) policy.endEpisode?.(i);
      statistics.update(observations, count);
      noted.push({
        observations,
        actions,
        rewards: env.rewards.slice(),
        nextObservations: this.next(env.observations, env.finalObservations),
        terminated: env.terminated.slice(),
        truncated: env.truncated.slice(),
        ...(masks && { masks, nextMasks: this.next(env.masks, env.finalMasks) }),
      });
      this.onStep?.();
    }
    const { first } = this;
    this.first = false;
    return { first, steps: noted, statistics: statistics.state(), episodes: env.drainEpisodes() };
  }

  /** After an episode has ended, what is shown belongs to the next one: what was final is what came next. */
  private next(shown: Float32Array, final: Float32Array): Float32Array {
    const { count, terminated, truncated } = this.env;
    const size = shown.length / count;
    const next = shown.slice();
    for (let i = 0; i < count; i++) {
      if (terminated[i] || truncated[i]) next.set(final.subarray(i * size, (i + 1) * size), i * size);
    }
    return next;
  }
}
