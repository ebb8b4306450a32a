/** What is stored of one step of all N agents: views of the buffer's arrays. */
export type RolloutRows = Pick<
  RolloutBuffer,
  "observations" | "rawObservations" | "actions" | "masks" | "logProbabilities" | "rewards" | "terminated" | "truncated"
>;

/**
 * T steps of N agents for an on-policy learner, time-major. Filled by a collector, read by a trainer, filled again.
 */
export class RolloutBuffer {
  /** `[T, N, observationSize]`, normalised as the policy saw them. */
  readonly observations: Float32Array;
  /** `[T, N, observationSize]`, as the environment gave them; the normaliser learns from these. */
  readonly rawObservations: Float32Array;
  /** `[T, N, actionSize]`, unclipped. */
  readonly actions: Float32Array;
  /** `[T, N, maskSize]` */
  readonly masks: Float32Array;
  /** `[T, N]`, log-probability of the action under the policy that took it. */
  readonly logProbabilities: Float32Array;
  /** `[T, N]`, times the strength of the reward signal; not yet scaled. */
  readonly rewards: Float32Array;
  /** `[T, N]` */
  readonly terminated: Uint8Array;
  /** `[T, N]` */
  readonly truncated: Uint8Array;
  /** `[N, observationSize]`, normalised: what follows the last step. */
  readonly lastObservations: Float32Array;
  /** Final observations of the truncated episodes, normalised, with the index t·N + i that each belongs to. */
  readonly finals: { readonly index: number; readonly observation: Float32Array }[] = [];

  /** The rows of each step; made once, as collecting shall allocate nothing. */
  readonly rowsOfStep: readonly RolloutRows[];

  constructor(
    readonly steps: number,
    readonly agents: number,
    readonly observationSize: number,
    readonly actionSize: number,
    readonly maskSize: number,
  ) {
    const rows = steps * agents;
    this.observations = new Float32Array(rows * observationSize);
    this.rawObservations = new Float32Array(rows * observationSize);
    this.actions = new Float32Array(rows * actionSize);
    this.masks = new Float32Array(rows * maskSize);
    this.logProbabilities = new Float32Array(rows);
    this.rewards = new Float32Array(rows);
    this.terminated = new Uint8Array(rows);
    this.truncated = new Uint8Array(rows);
    this.lastObservations = new Float32Array(agents * observationSize);
    const of = <A extends Float32Array | Uint8Array>(array: A, t: number) => {
      const size = array.length / steps;
      return array.subarray(t * size, (t + 1) * size) as A;
    };
    this.rowsOfStep = Array.from({ length: steps }, (_, t) => ({
      observations: of(this.observations, t),
      rawObservations: of(this.rawObservations, t),
      actions: of(this.actions, t),
      masks: of(this.masks, t),
      logProbabilities: of(this.logProbabilities, t),
      rewards: of(this.rewards, t),
      terminated: of(this.terminated, t),
      truncated: of(this.truncated, t),
    }));
  }

  /** Number of transitions, T·N. */
  get rows(): number {
    return this.steps * this.agents;
  }
}
