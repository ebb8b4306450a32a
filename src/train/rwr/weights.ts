/**
 * Reward-weighted regression (Peters and Schaal 2007, "Reinforcement learning by reward-weighted regression for operational
 * space control"), over whole episodes: candidates count by exp(β R), R measured in deviations of this generation.
 * @param temperature 1/β: the lower, the more only the best ones count
 */
export function rewardWeights(scores: readonly number[], temperature: number): number[] {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const std = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length);
  if (std === 0) return scores.map(() => 1);
  const best = Math.max(...scores);
  return scores.map((score) => Math.exp((score - best) / (temperature * std)));
}
