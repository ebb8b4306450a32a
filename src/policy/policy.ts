/**
 * What an agent may do: `continuous` numbers in [-1, 1], and one choice per entry of `discrete`, whose entries are
 * the number of options of each branch. Both may be present (hybrid).
 */
export interface ActionSpec {
  readonly continuous: number;
  readonly discrete: readonly number[];
}

/** Numbers that one agent's action takes in an action buffer: the continuous values, then one index per branch. */
export function actionSize(spec: ActionSpec): number {
  return spec.continuous + spec.discrete.length;
}

/** Number of logits, and so of mask entries, over all discrete branches. */
export function maskSize(spec: ActionSpec): number {
  return spec.discrete.reduce((sum, options) => sum + options, 0);
}

/**
 * Maps observations to actions. The trainer and the game close the loop through this one interface.
 *
 * Rows belong to agents: row i of `observations` is `[observationSize]`, row i of `actions` is
 * `[actionSize(actionSpec)]`, row i of `masks` is `[maskSize(actionSpec)]` with 1 = allowed, 0 = forbidden.
 */
export interface Policy {
  readonly observationSize: number;
  readonly actionSpec: ActionSpec;
  /** True: always the best action; false: drawn from the distribution. */
  readonly deterministic: boolean;
  /** Fills the first `count` rows of `actions`; returns a promise only where the runtime is asynchronous. */
  act(observations: Float32Array, actions: Float32Array, count: number, masks?: Float32Array): void | Promise<void>;
  dispose?(): void;
}
