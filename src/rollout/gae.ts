/** A rollout of T steps of N agents; arrays are time-major, `[T, N]`. */
export interface GaeInput {
  readonly agents: number;
  readonly rewards: Float32Array;
  /** V(s_t) */
  readonly values: Float32Array;
  /** V(s_{t+1}); of the final observation of the episode where it was truncated at t; not used where terminated. */
  readonly nextValues: Float32Array;
  /** 1 where the episode ended at t because of what happened in it: nothing is to be had afterwards. */
  readonly terminated: Uint8Array;
  /** 1 where the episode was merely stopped at t: what would have followed is worth V(s_{t+1}). */
  readonly truncated: Uint8Array;
  /** γ */
  readonly gamma: number;
  /** λ: 0 is the one-step advantage, 1 the discounted return less the value. */
  readonly lambda: number;
  /** Advantages look at most to the end of their stretch of this many steps; infinite for the whole rollout. */
  readonly timeHorizon: number;
}

/**
 * Generalised advantage estimation (Schulman et al. 2016, "High-dimensional continuous control using generalized
 * advantage estimation", eq. 11-16). Fills the advantages and the returns, both `[T, N]`; a return is the advantage
 * plus the value, the target of the critic (TD(λ)).
 */
export function computeGae(input: GaeInput, advantagesOut: Float32Array, returnsOut: Float32Array): void {
  const { agents, rewards, values, nextValues, terminated, truncated, gamma, lambda, timeHorizon } = input;
  const steps = rewards.length / agents;
  for (let agent = 0; agent < agents; agent++) {
    let next = 0; // A_{t+1}
    for (let t = steps - 1; t >= 0; t--) {
      const i = t * agents + agent;
      const value = values[i] as number;
      const nextValue = terminated[i] ? 0 : (nextValues[i] as number);
      // δ_t = r_t + γ V(s_{t+1}) − V(s_t)
      const delta = (rewards[i] as number) + gamma * nextValue - value;
      // A_t = δ_t + γ λ A_{t+1}, but what follows an end belongs to another trajectory
      const ends = terminated[i] || truncated[i] || (t + 1) % timeHorizon === 0;
      const advantage = ends ? delta : delta + gamma * lambda * next;
      advantagesOut[i] = advantage;
      returnsOut[i] = advantage + value;
      next = advantage;
    }
  }
}
