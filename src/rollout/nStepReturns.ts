import type { ReplayBuffer } from "./replayBuffer.js";

/** One step of N agents, by row. */
export interface AgentStep {
  /** `[N, observationSize]`, before the step */
  readonly observations: Float32Array;
  /** `[N, actionSize]` */
  readonly actions: Float32Array;
  /** `[N]` */
  readonly rewards: Float32Array;
  /** `[N, observationSize]`, after the step: the final ones where an episode has ended */
  readonly nextObservations: Float32Array;
  /** `[N]`, 1 where the episode ended by itself: nothing comes after it */
  readonly terminated: Uint8Array;
  /** `[N]`, 1 where it was cut */
  readonly truncated: Uint8Array;
  /** `[N, maskSize]`: options allowed before the step and after it; only where there are discrete actions */
  readonly masks?: Float32Array;
  readonly nextMasks?: Float32Array;
}

/**
 * Turns single steps into transitions over n of them (Sutton 1988; Barth-Maron et al. 2018, D4PG): reward
 * Σ_{k<n} γᵏ r_{t+k}, then the value of s_{t+n} discounted by γⁿ. At the end of an episode transitions are shorter; what
 * was cut still has the value of its final observation, what ended by itself has none.
 */
export class NStepReturns {
  /** Of each agent the last steps that have not seen n rewards yet, a ring: `[N, n, …]`. */
  private readonly observations: Float32Array;
  private readonly actions: Float32Array;
  private readonly masks: Float32Array;
  private readonly rewards: Float64Array;
  /** `[N]`: number of steps since the episode began, and of transitions handed out since then. */
  private readonly taken: Int32Array;
  private readonly given: Int32Array;

  constructor(
    private readonly agents: number,
    private readonly n: number,
    private readonly gamma: number,
    private readonly buffer: ReplayBuffer,
  ) {
    this.observations = new Float32Array(agents * n * buffer.observationSize);
    this.actions = new Float32Array(agents * n * buffer.actionSize);
    this.masks = new Float32Array(agents * n * buffer.maskSize);
    this.rewards = new Float64Array(agents * n);
    this.taken = new Int32Array(agents);
    this.given = new Int32Array(agents);
  }

  /** Forgets steps that have not been handed out: what comes next does not follow them. */
  restart(): void {
    this.taken.fill(0);
    this.given.fill(0);
  }

  add(step: AgentStep): void {
    const { n, buffer, taken, given } = this;
    const { observationSize, actionSize, maskSize } = buffer;
    for (let agent = 0; agent < this.agents; agent++) {
      const slot = agent * n + (taken[agent]! % n);
      this.observations.set(row(step.observations, agent, observationSize), slot * observationSize);
      this.actions.set(row(step.actions, agent, actionSize), slot * actionSize);
      if (step.masks) this.masks.set(row(step.masks, agent, maskSize), slot * maskSize);
      this.rewards[slot] = step.rewards[agent]!;
      taken[agent]!++;
      const ended = step.terminated[agent] === 1 || step.truncated[agent] === 1;
      const value = step.terminated[agent] ? 0 : 1;
      while (taken[agent]! - given[agent]! >= n || (ended && given[agent]! < taken[agent]!)) {
        this.give(agent, step, value);
      }
      if (ended) {
        taken[agent] = 0;
        given[agent] = 0;
      }
    }
  }

  /** Hands out the oldest step that has not been handed out. @param value 1 where the next observation has a value */
  private give(agent: number, { nextObservations, nextMasks }: AgentStep, value: number): void {
    const { n, gamma, buffer, taken, given } = this;
    const first = given[agent]!;
    let [reward, discount] = [0, 1];
    for (let k = first; k < taken[agent]!; k++) {
      reward += discount * this.rewards[agent * n + (k % n)]!;
      discount *= gamma;
    }
    const slot = agent * n + (first % n);
    const { maskSize } = buffer;
    buffer.add(
      this.observations,
      slot * buffer.observationSize,
      this.actions,
      slot * buffer.actionSize,
      reward,
      nextObservations,
      agent * buffer.observationSize,
      value * discount,
      nextMasks && { before: row(this.masks, slot, maskSize), after: row(nextMasks, agent, maskSize) },
    );
    given[agent]!++;
  }
}

function row(values: Float32Array, index: number, size: number): Float32Array {
  return values.subarray(index * size, (index + 1) * size);
}
