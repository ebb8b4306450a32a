import { RunningStatistics, type RunningStatisticsState } from "./runningStatistics.js";

export interface ReturnNormalizerState {
  readonly statistics: RunningStatisticsState;
  readonly returns: Float64Array;
}

/**
 * Scales rewards so that discounted returns have a standard deviation near 1, as `NormalizeReward` of Gymnasium does.
 * Each agent's running return R ← γ R + r feeds the statistics and starts again at 0 with each episode; rewards are
 * divided by the deviation, not shifted, and clipped.
 */
export class ReturnNormalizer {
  private readonly statistics = new RunningStatistics(1);
  private readonly returns: Float64Array;

  /** @param gamma γ @param clip bound of the scaled rewards */
  constructor(
    agents: number,
    private readonly gamma: number,
    private readonly clip = 10,
  ) {
    this.returns = new Float64Array(agents);
  }

  /** Takes in the rewards of one step of all agents, `[N]`, and scales them into `out`, which may be `rewards`. */
  normalizeInto(rewards: Float32Array, terminated: Uint8Array, truncated: Uint8Array, out: Float32Array): void {
    const { returns, statistics, gamma, clip } = this;
    for (let i = 0; i < returns.length; i++) returns[i] = gamma * (returns[i] as number) + (rewards[i] as number);
    statistics.update(returns, returns.length);
    const std = statistics.std(0);
    for (let i = 0; i < returns.length; i++) {
      out[i] = Math.max(-clip, Math.min(clip, (rewards[i] as number) / std));
      if (terminated[i] || truncated[i]) returns[i] = 0;
    }
  }

  state(): ReturnNormalizerState {
    return { statistics: this.statistics.state(), returns: this.returns.slice() };
  }

  restore({ statistics, returns }: ReturnNormalizerState): void {
    this.statistics.restore(statistics);
    this.returns.set(returns);
  }
}
