/**
 * Relative entropy policy search (Peters, Mülling and Altün 2010), over whole episodes (Deisenroth et al. 2013, section
 * 2.4.3): candidates count by exp(R / η), with the η at which the new distribution is ε from the old one.
 * @param epsilon bound of KL(new ‖ old), nats
 */
export function relativeEntropyWeights(scores: readonly number[], epsilon: number): number[] {
  const best = Math.max(...scores);
  const eta = minimizeDual(scores, epsilon);
  return scores.map((score) => Math.exp((score - best) / eta));
}

/** The dual g(η) = η ε + η log mean exp(R / η), which is convex. */
export function dual(eta: number, scores: readonly number[], epsilon: number): number {
  const best = Math.max(...scores);
  const mean = scores.reduce((sum, score) => sum + Math.exp((score - best) / eta), 0) / scores.length;
  return eta * epsilon + best + eta * Math.log(mean);
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;
const ITERATIONS = 80;

/** The η > 0 at which the dual is smallest, by golden-section search over log η. */
export function minimizeDual(scores: readonly number[], epsilon: number): number {
  const range = Math.max(...scores) - Math.min(...scores);
  if (range === 0) return 1;
  let [low, high] = [Math.log(1e-6 * range), Math.log(1e6 * range)];
  const g = (x: number) => dual(Math.exp(x), scores, epsilon);
  let [a, b] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [ga, gb] = [g(a), g(b)];
  for (let i = 0; i < ITERATIONS; i++) {
    if (ga < gb) {
      [high, b, gb] = [b, a, ga];
      a = high - GOLDEN * (high - low);
      ga = g(a);
    } else {
      [low, a, ga] = [a, b, gb];
      b = low + GOLDEN * (high - low);
      gb = g(b);
    }
  }
  return Math.exp((low + high) / 2);
}
