/**
 * The cross-entropy method (Rubinstein 1999; for policies Szita and Lőrincz 2006): the best candidates count alike, the
 * others not at all.
 * @param eliteFraction ρ, share of the candidates that count, at least one
 */
export function eliteWeights(scores: readonly number[], eliteFraction: number): number[] {
  const count = Math.max(1, Math.round(eliteFraction * scores.length));
  const byScore = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const elite = new Set(byScore.slice(0, count));
  return scores.map((_, i) => (elite.has(i) ? 1 : 0));
}
