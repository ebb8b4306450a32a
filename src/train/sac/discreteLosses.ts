// Soft actor-critic for discrete actions (Christodoulou 2019, arXiv 1910.07207), whose expectations are sums over the
// options. Critics say one number for each option of every branch, and a policy one logit, so that everything here is
// `[B, options]`, branch after branch; losses are means over the rows.
//
// With several branches b the actions are independent given the state. Each branch has a Q of its own, Q_b(s, a_b), and all
// of them learn the return of the whole action: one target for all branches, with the mean of their values, as Tavakoli et
// al. 2018 ("Action Branching Architectures", arXiv 1711.08946, equation 6) found to be best; ML-Agents' SAC takes that
// mean too. With one branch that is the paper's algorithm.

/** log π(·|s): the softmax of each branch over the options that are allowed, −∞ for the others. */
export function logProbabilities(
  discrete: readonly number[],
  logits: Float32Array,
  masks: Float32Array,
  out: Float32Array,
): void {
  for (let start = 0; start < logits.length; ) {
    for (const options of discrete) {
      const end = start + options;
      let maximum = Number.NEGATIVE_INFINITY;
      for (let k = start; k < end; k++) if (masks[k] !== 0) maximum = Math.max(maximum, logits[k]!);
      let sum = 0;
      for (let k = start; k < end; k++) if (masks[k] !== 0) sum += Math.exp(logits[k]! - maximum);
      const logSum = maximum + Math.log(sum);
      for (let k = start; k < end; k++) out[k] = masks[k] === 0 ? Number.NEGATIVE_INFINITY : logits[k]! - logSum;
      start = end;
    }
  }
}

/** V(s) = mean_b π_b(s)ᵀ min_i Q_i,b(s) + α Σ_b H(π_b(s)) (Christodoulou, equation 10). @param out `[B]` */
export function softValues(
  discrete: readonly number[],
  logP: Float32Array,
  [first, second]: readonly [Float32Array, Float32Array],
  alpha: number,
  out: Float32Array,
): void {
  const size = logP.length / out.length;
  for (let row = 0; row < out.length; row++) {
    let value = 0;
    for (let k = row * size; k < (row + 1) * size; k++) {
      const p = Math.exp(logP[k]!);
      if (p > 0) value += p * (Math.min(first[k]!, second[k]!) / discrete.length - alpha * logP[k]!);
    }
    out[row] = value;
  }
}

/**
 * The gradient of ½ mean_b (Q_b(s, a_b) − y)² by Q, which only the options taken have.
 * @param actions `[B, branches]` @param y `[B]` @param dQ to be filled @returns that loss, and the mean of Q_b(s, a_b)
 */
export function criticGradient(
  discrete: readonly number[],
  q: Float32Array,
  actions: Float32Array,
  y: Float32Array,
  dQ: Float32Array,
): { loss: number; value: number } {
  let [loss, value, start] = [0, 0, 0];
  dQ.fill(0);
  for (let i = 0; i < actions.length; i++) {
    const taken = start + actions[i]!;
    const error = q[taken]! - y[Math.floor(i / discrete.length)]!;
    dQ[taken] = error / actions.length;
    loss += (0.5 * error * error) / actions.length;
    value += q[taken]! / actions.length;
    start += discrete[i % discrete.length]!;
  }
  return { loss, value };
}

/**
 * The gradient of Σ_b π_b(s)ᵀ (α log π_b(s) − min_i Q_i,b(s)) (Christodoulou, equation 12) by the logits.
 * @param dLogits to be filled @returns that loss, and the entropy Σ_b H(π_b(s))
 */
export function actorGradient(
  discrete: readonly number[],
  rows: number,
  logP: Float32Array,
  [first, second]: readonly [Float32Array, Float32Array],
  alpha: number,
  dLogits: Float32Array,
): { actorLoss: number; entropy: number } {
  let [actorLoss, entropy] = [0, 0];
  for (let start = 0; start < logP.length; ) {
    for (const options of discrete) {
      const end = start + options;
      // With c = α log π − Q and L = Σ π c: ∂L / ∂logit_k = π_k (c_k − L), for Σ π ∂(log π) = 0
      let loss = 0;
      for (let k = start; k < end; k++) {
        const p = Math.exp(logP[k]!);
        if (p === 0) continue;
        loss += p * (alpha * logP[k]! - Math.min(first[k]!, second[k]!));
        entropy -= (p * logP[k]!) / rows;
      }
      for (let k = start; k < end; k++) {
        const p = Math.exp(logP[k]!);
        dLogits[k] = p === 0 ? 0 : (p * (alpha * logP[k]! - Math.min(first[k]!, second[k]!) - loss)) / rows;
      }
      actorLoss += loss / rows;
      start = end;
    }
  }
  return { actorLoss, entropy };
}

/** The largest entropy that the masks leave: Σ_b log |A_b(s)| with A_b(s) the options allowed. */
export function largestEntropy(discrete: readonly number[], rows: number, masks: Float32Array): number {
  let entropy = 0;
  for (let start = 0; start < masks.length; ) {
    for (const options of discrete) {
      let allowed = 0;
      for (let k = start; k < start + options; k++) if (masks[k] !== 0) allowed++;
      entropy += Math.log(allowed) / rows;
      start += options;
    }
  }
  return entropy;
}
