import { RunningStatistics, type RunningStatisticsState } from "../nn/runningStatistics.js";

/**
 * Running discounted returns R ← γ R + r of many agents, which start again at 0 with each episode, and their statistics:
 * rewards divided by the deviation of these returns give returns of a deviation near 1, as `NormalizeReward` of
 * Gymnasium does.
 */
export class DiscountedReturns {
  private readonly returns: Float64Array;
  private readonly statistics = new RunningStatistics(1);

  /** @param gamma γ */
  constructor(
    agents: number,
    private readonly gamma: number,
  ) {
    this.returns = new Float64Array(agents);
  }

  /** Takes in one step of all agents, `[N]` each. */
  add(rewards: Float32Array, terminated: Uint8Array, truncated: Uint8Array): void {
    const { returns, gamma } = this;
    for (let i = 0; i < returns.length; i++) returns[i] = gamma * returns[i]! + rewards[i]!;
    this.statistics.update(returns, returns.length);
    for (let i = 0; i < returns.length; i++) if (terminated[i] || truncated[i]) returns[i] = 0;
  }

  /** All agents begin new episodes. */
  restart(): void {
    this.returns.fill(0);
  }

  /** Statistics of the returns since the last call. */
  drain(): RunningStatisticsState {
    const state = this.statistics.state();
    this.statistics.restore({ count: 0, mean: new Float64Array(1), squares: new Float64Array(1) });
    return state;
  }
}

/** Largest scaled reward. */
const REWARD_CLIP = 10;

/** Divides rewards by the deviation of the returns, in place. */
export function scaleRewards(rewards: Float32Array, std: number): void {
  for (let i = 0; i < rewards.length; i++) {
    rewards[i] = Math.max(-REWARD_CLIP, Math.min(REWARD_CLIP, rewards[i]! / std));
  }
}
