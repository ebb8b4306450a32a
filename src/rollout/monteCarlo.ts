/** A rollout of T steps of N agents, all of which began new episodes at its start; arrays are time-major, `[T, N]`. */
export interface MonteCarloInput {
  readonly agents: number;
  readonly rewards: Float32Array;
  /** 1 where the episode ended at t, for whatever reason. */
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  /** γ */
  readonly gamma: number;
  /** `to_go`: what follows a decision, Σ γᵏ r_{t+k}; `whole`: what its whole episode brought, discounted from its start. */
  readonly kind: "to_go" | "whole";
}

/**
 * The returns of episodes that are whole (Williams 1992). Fills `returns` and `isWhole`, both `[T, N]`: rows of an episode
 * that the rollout cuts off are 0 in both, as nobody knows what it would have brought.
 */
export function computeReturns(input: MonteCarloInput, returns: Float32Array, isWhole: Uint8Array): void {
  const { agents, rewards, terminated, truncated, gamma, kind } = input;
  const steps = rewards.length / agents;
  for (let agent = 0; agent < agents; agent++) {
    let following = 0;
    let known = 0;
    for (let t = steps - 1; t >= 0; t--) {
      const i = t * agents + agent;
      if (terminated[i] || truncated[i]) {
        following = 0;
        known = 1;
      }
      following = rewards[i]! + gamma * following;
      isWhole[i] = known;
      returns[i] = known * following;
    }
    if (kind === "to_go") continue;
    let whole = 0;
    for (let t = 0; t < steps; t++) {
      const i = t * agents + agent;
      const before = i - agents;
      if (t === 0 || terminated[before] || truncated[before]) whole = returns[i]!;
      returns[i] = isWhole[i]! * whole;
    }
  }
}
